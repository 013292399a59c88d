// The methods of the Bot API that telegram-test-api lacks. The head of serve.mjs lists them.

import { setTimeout as pause } from "node:timers/promises";

const good = (result) => ({ ok: true, result });
const bad = (description, error_code = 400) => ({ ok: false, error_code, description: `Bad Request: ${description}` });

// One bot: its updates that were not acknowledged, its calls in order.
class Bot {
  constructor(token, bots) {
    Object.assign(this, { token, bots, waiting: [], calls: [], mine: {}, files: 0, underWay: 0 });
    this.id = Number(token.split(":")[0]);
  }

  async call(method, given, files, gone) {
    const own = Object.getOwnPropertyNames(Bot.prototype).find(
      (name) => name.startsWith("do_") && name.toLowerCase() === `do_${method.toLowerCase()}`,
    );
    if (own === "do_getUpdates") return this[own](given, files, gone);
    this.underWay += 1;
    try {
      const outcome = own ? await this[own](given, files, gone) : await this.passOn(method, given);
      const sent = Object.entries(files).map(([field, { name, type, bytes }]) => [
        field,
        { name, type, size: bytes.length },
      ]);
      this.calls.push({ method, given, files: Object.fromEntries(sent), outcome });
      return outcome;
    } finally {
      this.underWay -= 1;
    }
  }

  // What the tests ask for: calls from one on, and what is not done yet.
  state(from) {
    const unread = this.bots.events.storage.userMessages.filter(
      (update) => update.botToken === this.token && !update.isRead,
    );
    return { calls: this.calls.slice(from), waiting: this.waiting.length + unread.length + this.underWay };
  }

  async ask(path, given) {
    const answer = await fetch(`${this.bots.server}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(given),
    });
    return answer.json();
  }

  async passOn(method, given) {
    const answer = await this.ask(`/bot${this.token}/${method}`, given);
    if (answer.ok === undefined) return { ok: false, error_code: 404, description: `Not Found: ${answer.message}` };
    return answer;
  }

  // What telegram-test-api keeps of a message of the bot.
  async kept(chat, message) {
    const { result } = await this.ask("/getUpdatesHistory", { token: this.token });
    const same = (entry) =>
      "isRead" in entry && entry.message?.chat_id !== undefined && String(entry.messageId) === String(message) &&
      String(entry.message.chat_id) === String(chat);
    return result.find(same);
  }

  shown(entry, more = {}) {
    const { text, caption, entities, caption_entities, photo, document, reply_markup, chat_id } = entry.message;
    const inline = reply_markup?.inline_keyboard ? { reply_markup } : {};
    const words = photo || document ? { caption, caption_entities, photo, document } : { text, entities };
    return {
      message_id: entry.messageId,
      date: Math.floor(entry.time / 1000),
      from: this.me(),
      chat: chatOf(Number(chat_id)),
      ...words,
      ...inline,
      ...more,
    };
  }

  me() {
    return { id: this.id, is_bot: true, first_name: "Exodus", username: "exodus_test_bot" };
  }

  // ---- updates ------------------------------------------------------------------------------------------------------

  async fetchUpdates() {
    const { result } = await this.ask(`/bot${this.token}/getUpdates`, {});
    this.waiting.push(...result.map(whole));
  }

  async do_getUpdates({ offset = 0, limit = 100, timeout = 0 }, _files, gone) {
    if (this.webhook) return { ok: false, error_code: 409, description: "Conflict: a webhook is set" };
    this.poll?.abort();
    const poll = new AbortController();
    this.poll = poll;
    const end = Date.now() + Number(timeout) * 1000;
    this.waiting = this.waiting.filter((update) => update.update_id >= Number(offset));
    for (;;) {
      const news = this.bots.events.waitUserMessage();
      await this.fetchUpdates();
      if (gone.aborted) return good([]);
      if (poll.signal.aborted) {
        return { ok: false, error_code: 409, description: "Conflict: terminated by other getUpdates request" };
      }
      const left = end - Date.now();
      if (this.waiting.length > 0 || left <= 0) return good(this.waiting.slice(0, Number(limit)));
      const over = new AbortController();
      const ended = [gone, poll.signal].map((signal) => aborted(signal, over.signal));
      await Promise.race([news, pause(left, null, { signal: over.signal }).catch(() => {}), ...ended]);
      over.abort();
    }
  }

  async do_setWebhook({ url, secret_token }) {
    if (!url) return this.do_deleteWebhook();
    this.webhook = { url, secret_token };
    await this.fetchUpdates();
    await this.ask(`/bot${this.token}/setWebhook`, { url: `${this.bots.address}/hook/${this.token}` });
    const before = this.waiting.splice(0);
    before.forEach((update) => this.forwardWhole(update));
    return good(true);
  }

  async do_deleteWebhook() {
    this.webhook = undefined;
    await this.ask(`/bot${this.token}/deleteWebhook`, {});
    return good(true);
  }

  do_getWebhookInfo() {
    return good({
      url: this.webhook?.url ?? "",
      has_custom_certificate: false,
      pending_update_count: this.waiting.length,
    });
  }

  forward(update) {
    this.forwardWhole(whole(update));
  }

  // In order, each until it is taken.
  forwardWhole(update) {
    this.forwarding = (this.forwarding ?? Promise.resolve()).then(async () => {
      while (this.webhook) {
        const { url, secret_token } = this.webhook;
        const headers = { "content-type": "application/json" };
        if (secret_token) headers["x-telegram-bot-api-secret-token"] = secret_token;
        const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(update) }).catch(() => null);
        if (answer?.ok) return;
        await pause(100);
      }
      this.waiting.push(update);
    });
  }

  // ---- messages -----------------------------------------------------------------------------------------------------

  async do_sendMessage(given) {
    const answer = await this.passOn("sendMessage", given);
    if (!answer.ok) return answer;
    return good(this.shown(await this.kept(given.chat_id, answer.result.message_id)));
  }

  async do_sendPhoto(given, files) {
    const [file] = Object.values(files);
    const photo = [{ ...this.stored(file), width: 300, height: 300 }];
    return this.do_sendMessage({ ...given, text: given.caption ?? "", photo });
  }

  async do_sendDocument(given, files) {
    const [file] = Object.values(files);
    const document = { ...this.stored(file), file_name: file.name, mime_type: file.type };
    return this.do_sendMessage({ ...given, text: given.caption ?? "", document });
  }

  stored({ bytes }) {
    this.files += 1;
    return { file_id: `file-${this.files}`, file_unique_id: `unique-${this.files}`, file_size: bytes.length };
  }

  async edit(method, given) {
    const { chat_id, message_id } = given;
    if (!(await this.kept(chat_id, message_id))) return bad("message to edit not found");
    await this.passOn(method, given);
    return good(this.shown(await this.kept(chat_id, message_id), { edit_date: Math.floor(Date.now() / 1000) }));
  }

  do_editMessageText(given) {
    return this.edit("editMessageText", { reply_markup: {}, entities: [], ...given });
  }

  do_editMessageCaption(given) {
    return this.edit("editMessageText", { reply_markup: {}, ...given, text: given.caption ?? "" });
  }

  // telegram-test-api takes only an edit that brings a keyboard; none at all is an empty one.
  do_editMessageReplyMarkup(given) {
    return this.edit("editMessageReplyMarkup", { reply_markup: { inline_keyboard: [] }, ...given });
  }

  async do_deleteMessage(given) {
    const answer = await this.passOn("deleteMessage", given);
    return answer.ok ? good(true) : bad("message to delete not found");
  }

  do_answerCallbackQuery({ callback_query_id }) {
    return callback_query_id === undefined ? bad("query is too old and response timeout expired") : good(true);
  }

  do_sendChatAction() {
    return good(true);
  }

  do_pinChatMessage() {
    return good(true);
  }

  // ---- the bot and its chats ----------------------------------------------------------------------------------------

  do_getMe() {
    const can = { can_join_groups: true, can_read_all_group_messages: false, supports_inline_queries: false };
    const not = { can_connect_to_business: false, has_main_web_app: false, has_topics_enabled: false };
    return good({ ...this.me(), ...can, ...not, allows_users_to_create_topics: false, can_manage_bots: false });
  }

  do_getChat({ chat_id }) {
    return good({ ...chatOf(Number(chat_id)), accent_color_id: 0, max_reaction_count: 11 });
  }

  do_getChatMember({ user_id }) {
    return good({ status: "member", user: { id: Number(user_id), is_bot: false, first_name: "Somebody" } });
  }

  do_leaveChat() {
    return good(true);
  }

  remember(what, given) {
    this.mine[what] = given;
    return good(true);
  }

  do_setMyCommands(given) {
    return this.remember("commands", given);
  }

  do_setMyDescription(given) {
    return this.remember("description", given);
  }

  do_setMyShortDescription(given) {
    return this.remember("short description", given);
  }

  do_setMyName(given) {
    return this.remember("name", given);
  }
}

function aborted(signal, over) {
  return new Promise((resolve) => {
    signal.addEventListener("abort", resolve, { once: true, signal: over });
    over.addEventListener("abort", resolve, { once: true });
  });
}

// A chat by its number: groups have negative ones, supergroups those from -1000000000001 down.
function chatOf(id) {
  if (id > 0) return { id, type: "private", first_name: "Somebody" };
  return { id, type: id < -1_000_000_000_000 ? "supergroup" : "group", title: "A group" };
}

// An update as telegram-test-api keeps it, made whole.
function whole(update) {
  const { message, callback_query } = update;
  if (message) {
    const { botToken, ...rest } = message;
    return { ...update, message: rest };
  }
  if (!callback_query) return update;
  const chat_instance = String(callback_query.message?.chat?.id ?? callback_query.from.id);
  return { ...update, callback_query: { ...callback_query, chat_instance } };
}

// Every bot that called, by its token.
export class Bots {
  constructor(server, events) {
    Object.assign(this, { server, events, all: new Map() });
  }

  of(token) {
    if (!this.all.has(token)) this.all.set(token, new Bot(token, this));
    return this.all.get(token);
  }
}
