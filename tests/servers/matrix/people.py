"""People on a homeserver, each with a client of their own: matrix-nio, with encryption, as careful as clients now are.

They are spoken with over HTTP on loopback: POST / {"do": …, "who": "@…", …}; the answer is JSON, or status 500 and words.

  register  name, display, signed   a new account and its first device, cross-signed unless `signed` is false; its id
  account   name, password          a new account and nothing more, for somebody else's client; its id
  allow     user, per_second        how often an account may send; none: as often as everybody
  look                              what is new since the last look, in every room, decrypted
  send      room, type, content     sends an event, encrypted where the room is
  file      content                 what a message about a file points to, decrypted, in hexadecimal
  upload    name, kind, data        keeps a file at the homeserver; its address
  identity  user                    whose keys those are: "master", and for each device whether it is cross-signed
  request   method, path, body      anything else of the client-server API

Keys of rooms are given to cross-signed devices alone. What came from another is marked so ("trusted": false); what can not
be decrypted stays "m.room.encrypted".
"""

import asyncio
import hashlib
import hmac
import io
import secrets

from aiohttp import ClientSession, web
from nio import AsyncClient, AsyncClientConfig, MegolmEvent, RegisterResponse, SyncResponse
from nio.crypto.attachments import decrypt_attachment
from nio.store import SqliteMemoryStore
from signedjson.key import decode_verify_key_bytes, encode_verify_key_base64, generate_signing_key
from signedjson.sign import SignatureVerifyException, sign_json, verify_signed_json
from unpaddedbase64 import decode_base64

CONFIG = AsyncClientConfig(store=SqliteMemoryStore, encryption_enabled=True)
EVERYTHING = {"room": {"timeline": {"limit": 1000}}, "presence": {"not_types": ["*"]}}
CLIENT = "/_matrix/client/v3"


class Trouble(Exception):
    """The homeserver said no."""


class Client(AsyncClient):
    """nio's client, which keeps beside each decrypted event what the homeserver saw of it."""

    def _handle_timeline_event(self, event, room_id, room, encrypted_rooms):
        decrypted = super()._handle_timeline_event(event, room_id, room, encrypted_rooms)
        if decrypted:
            decrypted.outside = event
        return decrypted


def signed_by(signed: dict, user: str, keys: dict) -> bool:
    """Whether one of these keys of a user signed something."""
    for name, key in keys.items():
        try:
            verify_signed_json(signed, user, decode_verify_key_bytes(name, decode_base64(key)))
            return True
        except (SignatureVerifyException, ValueError):
            continue
    return False


class Person:
    """Somebody with an account and a device."""

    def __init__(self, homeserver: str, name: str, http: ClientSession):
        self.homeserver, self.name, self.http = homeserver, name, http
        self.client = Client(homeserver, name, config=CONFIG)
        self.turn = asyncio.Lock()
        self.undecrypted: list[tuple[str, MegolmEvent]] = []

    async def register(self, display: str, signed: bool) -> str:
        password = secrets.token_hex(8)
        answer = await self.client.register(self.name, password, "Somebody's device")
        if not isinstance(answer, RegisterResponse):
            raise Trouble(f"{self.name} can not register: {answer}")
        await self.client.keys_upload()
        if signed:
            await self.cross_sign()
        me = self.client.user_id
        await self.request("PUT", f"{CLIENT}/profile/{me}/displayname", {"displayname": display})
        await self.sync()
        return me

    async def request(self, method: str, path: str, body: dict | None = None) -> dict:
        headers = {"Authorization": f"Bearer {self.client.access_token}"}
        async with self.http.request(method, self.homeserver + path, json=body, headers=headers) as answer:
            said = await answer.json()
            if answer.status >= 400:
                raise Trouble(f"{self.name}: {method} {path}: {answer.status} {said}")
            return said

    # Cross-signing, which nio does not know.

    async def cross_sign(self) -> None:
        """Makes an identity and signs this device with it."""
        me, device = self.client.user_id, self.client.device_id
        keys, identity = {}, {}
        for usage in ("master", "self_signing", "user_signing"):
            keys[usage] = generate_signing_key("unnamed")
            public = encode_verify_key_base64(keys[usage].verify_key)
            keys[usage].version = public
            identity[usage] = {"user_id": me, "usage": [usage], "keys": {f"ed25519:{public}": public}}
            if usage != "master":
                sign_json(identity[usage], me, keys["master"])
        await self.request(
            "POST", f"{CLIENT}/keys/device_signing/upload", {f"{usage}_key": key for usage, key in identity.items()}
        )
        mine = (await self.request("POST", f"{CLIENT}/keys/query", {"device_keys": {me: []}}))["device_keys"][me][device]
        mine.pop("unsigned", None)
        sign_json(mine, me, keys["self_signing"])
        answer = await self.request("POST", f"{CLIENT}/keys/signatures/upload", {me: {device: mine}})
        if answer.get("failures"):
            raise Trouble(f"{self.name} can not sign: {answer}")

    async def identity(self, user: str) -> dict:
        """A user's master key, and which devices are signed by it, through the self-signing key and by themselves."""
        said = await self.request("POST", f"{CLIENT}/keys/query", {"device_keys": {user: []}})
        master = said.get("master_keys", {}).get(user, {})
        signing = said.get("self_signing_keys", {}).get(user, {})
        sound = bool(master) and bool(signing) and signed_by(signing, user, master["keys"])
        devices = {}
        for name, device in said.get("device_keys", {}).get(user, {}).items():
            own = {key: value for key, value in device["keys"].items() if key == f"ed25519:{name}"}
            devices[name] = sound and signed_by(device, user, own) and signed_by(device, user, signing["keys"])
        return {"master": next(iter(master.get("keys", {}).values()), None), "devices": devices}

    async def judge(self, users: set[str]) -> None:
        """Decides about devices seen for the first time: those that are cross-signed are good."""
        for user in users - {self.client.user_id}:
            unknown = [
                device
                for device in self.client.device_store.active_user_devices(user)
                if not (device.verified or device.blacklisted)
            ]
            if unknown:
                good = (await self.identity(user))["devices"]
                for device in unknown:
                    decide = self.client.verify_device if good.get(device.id) else self.client.blacklist_device
                    decide(device)

    # What happens.

    async def sync(self) -> SyncResponse:
        """One look at the server, and all that encryption wants done after it."""
        answer = await self.client.sync(timeout=0, sync_filter=EVERYTHING)
        if not isinstance(answer, SyncResponse):
            raise Trouble(f"{self.name} can not sync: {answer}")
        await self.client.send_to_device_messages()
        if self.client.should_upload_keys:
            await self.client.keys_upload()
        if self.client.should_query_keys:
            await self.client.keys_query()
        if self.client.should_claim_keys:
            await self.client.keys_claim(self.client.get_users_for_key_claiming())
        return answer

    async def look(self) -> list[dict]:
        seen = []
        answer = await self.sync()
        for room, info in answer.rooms.invite.items():
            state = [event.source for event in info.invite_state]
            seen.append({"room": room, "type": "invitation", "state": state})
        new = [
            (room, event)
            for rooms in (answer.rooms.leave, answer.rooms.join)
            for room, info in rooms.items()
            for event in info.timeline.events
        ]
        # A key may come later than what it opens.
        late, self.undecrypted = self.undecrypted, []
        for room, event in late:
            decrypted = self.client.olm._decrypt_megolm_no_error(event)
            if decrypted:
                decrypted.outside = event
                new.append((room, decrypted))
            else:
                self.undecrypted.append((room, event))
        await self.judge({event.sender for _, event in new if hasattr(event, "outside")})
        return seen + [self.seen(room, event) for room, event in new]

    def seen(self, room: str, event) -> dict:
        source = getattr(event, "source", None) or {}
        seen = {
            "room": room,
            "type": source.get("type"),
            "id": source.get("event_id"),
            "sender": source.get("sender"),
            "content": source.get("content", {}),
            "at": source.get("origin_server_ts"),
        }
        for name in ("state_key", "redacts", "unsigned"):
            if name in source:
                seen[name] = source[name]
        outside = getattr(event, "outside", None)
        if outside:
            seen["encrypted"] = True
            seen["outside"] = outside.source["content"]
            device = self.client.device_store.device_from_sender_key(outside.sender, outside.sender_key)
            seen["trusted"] = outside.sender == self.client.user_id or bool(device and device.verified)
        elif isinstance(event, MegolmEvent):
            event.room_id = room
            self.undecrypted.append((room, event))
        return seen

    async def send(self, room: str, kind: str, content: dict) -> str:
        if room not in self.client.rooms:
            raise Trouble(f"{self.name} has not seen {room} yet")
        # Reactions are never encrypted: the homeserver counts them.
        if not self.client.rooms[room].encrypted or kind == "m.reaction":
            path = f"{CLIENT}/rooms/{room}/send/{kind}/{secrets.token_hex(8)}"
            return (await self.request("PUT", path, content))["event_id"]
        if self.client.olm.should_share_group_session(room):
            await self.know_devices(room)
        answer = await self.client.room_send(room, kind, content)
        if not hasattr(answer, "event_id"):
            raise Trouble(f"{self.name} can not send: {answer}")
        return answer.event_id

    async def know_devices(self, room: str) -> None:
        """Learns of the devices of everybody in a room, and decides about them."""
        await self.client.joined_members(room)
        self.client.olm.update_tracked_users(self.client.rooms[room])
        if self.client.should_query_keys:
            await self.client.keys_query()
        await self.judge(set(self.client.rooms[room].users))

    async def file(self, content: dict) -> bytes:
        sealed = content.get("file")
        address = sealed["url"] if sealed else content["url"]
        path = f"/_matrix/client/v1/media/download/{address.removeprefix('mxc://')}"
        headers = {"Authorization": f"Bearer {self.client.access_token}"}
        async with self.http.get(self.homeserver + path, headers=headers) as answer:
            data = await answer.read()
            if answer.status != 200:
                raise Trouble(f"{self.name}: {path}: {answer.status}")
        if sealed:
            data = decrypt_attachment(data, sealed["key"]["k"], sealed["hashes"]["sha256"], sealed["iv"])
        return data

    async def upload(self, name: str, kind: str, data: bytes) -> str:
        answer, _ = await self.client.upload(io.BytesIO(data), content_type=kind, filename=name, filesize=len(data))
        if not hasattr(answer, "content_uri"):
            raise Trouble(f"{self.name} can not upload: {answer}")
        return answer.content_uri


class People:
    """Everybody, and the address at which they are spoken with."""

    def __init__(self, homeserver: str, shared_secret: str):
        self.homeserver, self.shared_secret = homeserver, shared_secret
        self.everybody: dict[str, Person] = {}
        self.operator: dict | None = None
        self.operator_turn = asyncio.Lock()

    async def listen(self) -> str:
        self.http = ClientSession()
        app = web.Application(client_max_size=64 << 20)
        app.router.add_post("/", self.answer)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        for person in self.everybody.values():
            await person.client.close()
        await self.http.close()
        await self.runner.cleanup()

    async def answer(self, request: web.Request) -> web.Response:
        asked = await request.json()
        try:
            return web.json_response(await self.do(asked))
        except Exception as trouble:  # whatever it is: who asked is told, and it is their test that fails
            return web.Response(status=500, text=f"{asked.get('do')}: {type(trouble).__name__}: {trouble}")

    async def do(self, asked: dict):
        match asked["do"]:
            case "register":
                person = Person(self.homeserver, asked["name"], self.http)
                user = await person.register(asked.get("display", asked["name"]), asked.get("signed", True))
                self.everybody[user] = person
                return user
            case "account":
                return (await self.create(asked["name"], asked["password"], admin=False))["user_id"]
            case "allow":
                return await self.allow(asked["user"], asked.get("per_second"))
        person = self.everybody[asked["who"]]
        async with person.turn:
            match asked["do"]:
                case "look":
                    return await person.look()
                case "send":
                    return await person.send(asked["room"], asked["type"], asked["content"])
                case "file":
                    return (await person.file(asked["content"])).hex()
                case "upload":
                    return await person.upload(asked["name"], asked["kind"], bytes.fromhex(asked["data"]))
                case "identity":
                    return await person.identity(asked["user"])
                case "request":
                    return await person.request(asked["method"], asked["path"], asked.get("body"))
        raise Trouble("nobody can do that")

    async def create(self, name: str, password: str, admin: bool) -> dict:
        """A new account, by the homeserver's secret."""
        address = f"{self.homeserver}/_synapse/admin/v1/register"
        async with self.http.get(address) as answer:
            nonce = (await answer.json())["nonce"]
        parts = [nonce, name, password, "admin" if admin else "notadmin"]
        mac = hmac.new(self.shared_secret.encode(), "\0".join(parts).encode(), hashlib.sha1).hexdigest()
        body = {"nonce": nonce, "username": name, "password": password, "admin": admin, "mac": mac}
        async with self.http.post(address, json=body) as answer:
            said = await answer.json()
            if answer.status != 200:
                raise Trouble(f"{name} can not be made: {said}")
            return said

    async def allow(self, user: str, per_second: int | None) -> dict:
        async with self.operator_turn:
            if self.operator is None:
                self.operator = await self.create("operator", secrets.token_hex(8), admin=True)
        headers = {"Authorization": f"Bearer {self.operator['access_token']}"}
        address = f"{self.homeserver}/_synapse/admin/v1/users/{user}/override_ratelimit"
        method = "DELETE" if per_second is None else "POST"
        body = None if per_second is None else {"messages_per_second": per_second, "burst_count": per_second}
        async with self.http.request(method, address, json=body, headers=headers) as answer:
            if answer.status != 200:
                raise Trouble(f"{user} can not be held back: {await answer.text()}")
            return {}
