//! How much memory bodies take that are larger than it: a process of its own, whose peak the system tells.
//!
//! A gigabyte goes up and comes down, an endless stream is read for a while, by both transports.

#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, reason = "helpers of tests fail by panicking")]
#![cfg(all(feature = "reqwest", feature = "blocking", target_os = "linux"))]

mod support;

use std::fs::File;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};

use clientwright_runtime::{Call, Client, Method, NoDocumentedError, Operation, Upload, download, request, streams};
use support::{Shown, builder, canary, run};

/// What goes up and comes down.
const GIGABYTE: u64 = 1 << 30;
/// What it may take, whatever else the process holds.
const ALLOWED: u64 = 50 << 20;
/// How many events are read of a stream that has no end.
const EVENTS: usize = 200_000;

static PUT: Operation = Operation::new("put", Method::Put, "/file").accept("text/plain");
static GET: Operation = Operation::new("get", Method::Get, "/file").accept("application/octet-stream");
static WATCH: Operation = Operation::new("watch", Method::Get, "/events").stream("text/event-stream");

#[derive(Clone, Debug)]
struct Put(Call);
request!(Put, String = text, NoDocumentedError);

#[derive(Clone, Debug)]
struct Get(Call);
download!(Get, NoDocumentedError);

#[derive(Clone, Debug)]
struct Watch(Call);
streams!(Watch, u64 = events, NoDocumentedError);

/// The most memory that the process had, in bytes.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

fn serve() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || drop(answer(stream)));
        }
    });
    address
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut buffer = vec![0; 64 * 1024];
    let mut head = Vec::new();
    let rest = loop {
        let count = stream.read(&mut buffer)?;
        head.extend_from_slice(&buffer[..count]);
        if let Some(end) = head.windows(4).position(|window| window == b"\r\n\r\n") {
            break head.split_off(end + 4).len();
        }
    };
    canary::received(stream.local_addr()?.port(), &head);
    let head = String::from_utf8(head).unwrap().to_lowercase();
    if head.starts_with("put") {
        assert!(head.contains(&format!("content-length: {GIGABYTE}\r\n")), "{head}");
        let mut left = GIGABYTE - rest as u64;
        while left > 0 {
            left -= stream.read(&mut buffer)? as u64;
        }
        return stream.write_all(
            b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\nconnection: close\r\n\r\nwhole",
        );
    }
    if head.starts_with("get /api/v1/file") || head.starts_with("get /file") {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {GIGABYTE}\r\nconnection: close\r\n\r\n");
        stream.write_all(head.as_bytes())?;
        let mut left = GIGABYTE;
        while left > 0 {
            stream.write_all(&buffer)?;
            left -= buffer.len() as u64;
        }
        return Ok(());
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n")?;
    let events = "id: 12345\nevent: tick\ndata: 12345678\n\n".repeat(100);
    loop {
        stream.write_all(events.as_bytes())?;
    }
}

fn client() -> Client {
    builder().base_url(format!("http://{}", serve())).build().shown().unwrap()
}

#[test]
fn bodies_larger_than_memory_take_little_of_it() {
    let client = client();
    let before = peak();
    let path = std::env::temp_dir().join(format!("clientwright-memory-{}", std::process::id()));
    // It has no blocks on the disk, and reads as zeros.
    File::create(&path).unwrap().set_len(GIGABYTE).unwrap();
    let put = || Put(client.call(&PUT).bytes("application/octet-stream", Upload::path(&path)));
    assert_eq!(run(put().send()).unwrap().into_body(), "whole");
    assert_eq!(put().send_blocking().shown().unwrap().into_body(), "whole");
    std::fs::remove_file(&path).unwrap();
    run(async {
        let mut download = Get(client.call(&GET)).download().await.unwrap();
        let mut received = 0;
        while let Some(chunk) = download.try_next().await.unwrap() {
            received += chunk.len() as u64;
        }
        assert_eq!(received, GIGABYTE);
    });
    let blocking = Get(client.call(&GET)).download_blocking().shown().unwrap();
    let blocking: u64 = blocking.map(|chunk| chunk.unwrap().len() as u64).sum();
    assert_eq!(blocking, GIGABYTE);
    run(async {
        let mut stream = Watch(client.call(&WATCH)).send().await.unwrap();
        let mut events = 0;
        while events < EVENTS {
            assert_eq!(*stream.try_next().await.unwrap().unwrap(), 12_345_678);
            events += 1;
        }
    });
    let blocking = Watch(client.call(&WATCH)).send_blocking().shown().unwrap().take(EVENTS).flatten().count();
    assert_eq!(blocking, EVENTS);
    let (after, mebibytes) = (peak(), |bytes: u64| bytes >> 20);
    assert!(after < ALLOWED, "{} MiB, {} of them before", mebibytes(after), mebibytes(before));
}
