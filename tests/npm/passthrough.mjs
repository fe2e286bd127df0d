// The npm MCP proxy as it is, but for its log and listening on loopback alone: passthrough.mjs TARGET, at the port of ASPNETCORE_URLS.
import { Server } from "node:net";
import { createPassthroughProxy } from "@civic/passthrough-mcp-server";

// It says several lines a call; what is measured is the proxy, not the log.
console.log = () => {};

const listen = Server.prototype.listen;
Server.prototype.listen = function (port, ready) {
  return listen.call(this, port, "127.0.0.1", ready);
};

await createPassthroughProxy({
  source: { transportType: "httpStream", port: Number(new URL(process.env.ASPNETCORE_URLS).port) },
  target: { transportType: "httpStream", url: process.argv[2], mcpPath: "/mcp" },
  autoStart: true,
});
