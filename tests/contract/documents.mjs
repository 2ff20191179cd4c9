// What Spector's scenarios are about, for the driver: `node documents.mjs SPECS OUTPUT FOLDER…`, beside the packages.
//
// In: the folder of the specifications in TypeSpec, and those of its folders that are meant. Out: `documents/NAME/VERSION/
// openapi.json`, what the compiler makes of each specification for each version of OpenAPI, and `scenarios.json`, the
// requests that the server expects and what it answers. Never: a specification that is left out without a word.

import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

import { compile, formatDiagnostic, NodeHost } from "@typespec/compiler";
import { expandDyns } from "@typespec/spec-api";

const VERSIONS = ["3.0.0", "3.1.0"];
const [specs, output, ...folders] = process.argv.slice(2);

// The server's own address stands in some answers; the driver knows it.
const config = { baseUrl: "http://spector.invalid" };

// The names of the specifications below a folder: those of the folders that have such a file.
const named = (root, file) =>
  folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .filter((path) => path.endsWith(file))
      .map((path) => join(folder, dirname(path)))
      .sort(),
  );

function plainBody(body) {
  if (!body) return null;
  if (body.kind === "multipart") {
    const files = (body.files ?? []).map((file) => ({ ...file, buffer: file.buffer?.toString("base64") }));
    return { type: body.contentType, parts: body.parts ?? {}, files };
  }
  const raw = body.rawContent;
  if (raw === undefined) return null;
  const bytes = Buffer.isBuffer(raw) ? raw : Buffer.from(typeof raw === "string" ? raw : raw.serialize(config));
  return { type: body.contentType, base64: bytes.toString("base64") };
}

const plainCall = ({ method, uri, request, response }) => ({
  method,
  uri,
  query: expandDyns(request?.query ?? {}, config),
  headers: expandDyns(request?.headers ?? {}, config),
  body: plainBody(request?.body),
  status: response.status,
  answer: plainBody(response.body),
});

const scenarios = [];
const mocks = join(specs, "../dist/specs");
for (const name of named(mocks, "mockapi.js")) {
  const { Scenarios } = await import(pathToFileURL(join(mocks, name, "mockapi.js")).href);
  for (const [scenario, { apis }] of Object.entries(Scenarios)) {
    scenarios.push({ document: name, scenario, calls: apis.map(plainCall) });
  }
}
mkdirSync(output, { recursive: true });
writeFileSync(join(output, "scenarios.json"), JSON.stringify(scenarios));

for (const name of named(specs, "main.tsp")) {
  const folder = join(output, "documents", name);
  const options = { "emitter-output-dir": folder, "openapi-versions": VERSIONS, "file-type": "json" };
  const program = await compile(NodeHost, join(specs, name, "main.tsp"), {
    emit: ["@typespec/openapi3"],
    outputDir: folder,
    options: { "@typespec/openapi3": options },
  });
  const errors = program.diagnostics.filter((one) => one.severity === "error").map(formatDiagnostic);
  if (errors.length > 0) console.error(`${name} does not compile: ${errors.join("; ")}`);
}
