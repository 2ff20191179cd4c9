// Loaded before a server (`node --import`): it listens on the loopback interface alone, whatever it asks for, and ends
// when who started it does, because its standard input ends then, and not before.

import { Server } from "node:net";

const listen = Server.prototype.listen;
Server.prototype.listen = function (...given) {
  if (typeof given[0] === "number" || typeof given[0] === "string") {
    const [port, ...rest] = given;
    return listen.call(this, Number(port), "127.0.0.1", ...rest.filter((one) => typeof one === "function"));
  }
  if (given[0] !== null && typeof given[0] === "object" && "port" in given[0]) {
    return listen.call(this, { ...given[0], host: "127.0.0.1" }, ...given.slice(1));
  }
  return listen.apply(this, given);
};

process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
process.stdin.resume();
process.stdin.unref();

// Spector answers to XML that it refuses, and then fails at telling so.
process.on("unhandledRejection", (reason) => console.error(reason));
