// A Bot API server on loopback for the tests: telegram-test-api (npm), which Exodus did not write, behind a small proxy.
//
//   node serve.mjs MODULES READY
//
// MODULES is the directory whose node_modules hold what package-lock.json names. Once it answers, the file READY holds
// {"bot": "http://127.0.0.1:…", "people": "http://127.0.0.1:…"}: the proxy for the bot, telegram-test-api for its users.
//
// Passed on: sendMessage, deleteWebhook, and all messages and presses of users. What telegram-test-api lacks is made
// here, in methods.mjs, and this is all of it:
//   getMe                     it answers without is_bot and what a bot can do
//   getUpdates                it forgets an update once it was fetched, and has no offset, limit or timeout
//   callback_query            it has no chat_instance; its messages carry the field botToken
//   sendMessage               its answer has the date in milliseconds and takes every chat for a private one
//   sendPhoto, sendDocument   it has neither: kept there as messages whose text is the caption
//   editMessageText, editMessageCaption, editMessageReplyMarkup, deleteMessage, answerCallbackQuery, setWebhook
//                             it answers null instead of the message, or true; a webhook has no secret and no second try
//   setMyCommands, setMyDescription, setMyShortDescription, setMyName, sendChatAction, getChat, getChatMember,
//   leaveChat, pinChatMessage, getWebhookInfo
//                             it has none of them
// For the tests the proxy also says what a bot called, in order, and how many updates it did not acknowledge:
// POST /harness/state {"token": …, "from": n}.

import { createServer } from "node:http";
import { createRequire } from "node:module";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Bots } from "./methods.mjs";

const [modules, ready] = process.argv.slice(2);
const TelegramServer = createRequire(join(modules, "package.json"))("telegram-test-api");

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

// Another program may take the port between the two steps: then the next one is tried.
async function startServer() {
  for (let attempt = 0; ; attempt++) {
    const server = new TelegramServer({ host: "127.0.0.1", port: await freePort(), storeTimeout: 86_400 });
    try {
      await server.start();
      return server;
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
}

async function body(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

// The parameters of a call, however they were sent; files apart.
async function parameters(request, url) {
  const type = request.headers["content-type"] ?? "";
  const bytes = await body(request);
  const given = Object.fromEntries(url.searchParams);
  const files = {};
  if (bytes.length === 0) return { given, files };
  if (type.startsWith("application/json")) return { given: { ...given, ...JSON.parse(bytes) }, files };
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  for (const [name, value] of form) {
    if (typeof value === "string") given[name] = value;
    else files[name] = { name: value.name, type: value.type, bytes: Buffer.from(await value.arrayBuffer()) };
  }
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "string" && /^[[{]/.test(value) && name !== "text" && name !== "caption") {
      given[name] = JSON.parse(value);
    }
  }
  return { given, files };
}

const server = await startServer();
server.setMaxListeners(0); // every long poll waits for the next message of anybody
const bots = new Bots(server.config.apiURL, server);

const proxy = createServer(async (request, response) => {
  const answer = (status, value) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(value));
  };
  try {
    const url = new URL(request.url, "http://proxy");
    const call = /^\/bot([^/]+)\/([A-Za-z]+)$/.exec(decodeURIComponent(url.pathname));
    const hook = /^\/hook\/([^/]+)$/.exec(decodeURIComponent(url.pathname));
    if (url.pathname === "/harness/state") {
      const { token, from } = JSON.parse(await body(request));
      answer(200, bots.of(token).state(from));
    } else if (hook) {
      bots.of(hook[1]).forward(JSON.parse(await body(request)));
      answer(200, {});
    } else if (call) {
      const { given, files } = await parameters(request, url);
      const gone = new AbortController();
      response.on("close", () => gone.abort());
      const outcome = await bots.of(call[1]).call(call[2], given, files, gone.signal);
      answer(outcome.error_code ?? 200, outcome);
    } else {
      answer(404, { ok: false, error_code: 404, description: "Not Found" });
    }
  } catch (error) {
    answer(500, { ok: false, error_code: 500, description: `Internal Server Error: ${error.message}` });
  }
});
await new Promise((resolve) => proxy.listen(0, "127.0.0.1", resolve));
bots.address = `http://127.0.0.1:${proxy.address().port}`;

writeFileSync(`${ready}.partial`, JSON.stringify({ bot: bots.address, people: server.config.apiURL }));
renameSync(`${ready}.partial`, ready);
