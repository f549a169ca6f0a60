import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { z } from 'zod';
import { requests, type Saying } from './control-requests.ts';
import type { Received } from './inbox.ts';
import type { FakePerson } from './person.ts';
import type { FakeWhatsApp } from './server.ts';
import type { Speaker } from './speaker.ts';

const kept = z.coerce.number().int().nonnegative().default(0);

/**
 * Drives the server from another process: JSON in, JSON out. 200 with what came of it; 400 for a request of another
 * shape, 404 for an unknown path, 409 with the reason for what can't be done now.
 */
export function answerControl(fake: FakeWhatsApp, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://localhost');
  handle(fake, request, url)
    .then((answer) => reply(response, answer === undefined ? 404 : 200, answer ?? { error: 'There is no such path.' }))
    .catch((error: unknown) => {
      if (error instanceof z.ZodError) return reply(response, 400, { error: z.prettifyError(error) });
      if (error instanceof SyntaxError) return reply(response, 400, { error: 'This is no JSON.' });
      return reply(response, 409, { error: error instanceof Error ? error.message : String(error) });
    });
}

async function handle(fake: FakeWhatsApp, request: IncomingMessage, url: URL): Promise<object | undefined> {
  if (request.method === 'GET') return look(fake, url);
  return act(fake, url.pathname, await json(request));
}

function look(fake: FakeWhatsApp, { pathname, searchParams }: URL): object | undefined {
  const since = () => kept.parse(searchParams.get('since') ?? undefined);
  switch (pathname) {
    case '/root':
      return { root: fake.rootKey, url: fake.url };
    case '/certificate':
      return fake.tls;
    case '/log':
      return fake.log.slice(since());
    case '/outbox': {
      const first = since();
      return fake.outbox.filter(({ n }) => n >= first).map(plain);
    }
    case '/chat': {
      const person = fake.person(z.string().parse(searchParams.get('phone')));
      return { received: person.read().map(plain), sees: person.sees, reactions: person.reactions };
    }
    case '/people':
      return fake.people.map(({ phone, address }) => ({ phone: phone.number, name: phone.name, address }));
    case '/devices':
      return fake.devices.map(({ name, standing, line, waiting }) => ({ name, standing, online: !!line, waiting }));
    case '/behaviour':
      return fake.behaviour;
    default:
      return undefined;
  }
}

async function act(fake: FakeWhatsApp, path: string, body: unknown): Promise<object | undefined> {
  switch (path) {
    case '/owner':
      return { phone: fake.owner(requests.owner.parse(body).phone).phone.number };
    case '/scan': {
      const { qr, phone } = requests.scan.parse(body);
      return { device: (await fake.owner(phone).scanQr(qr)).name };
    }
    case '/enter-code': {
      const { code, phone } = requests.enterCode.parse(body);
      return { device: (await fake.owner(phone).enterCode(code)).name };
    }
    case '/unlink':
      fake.owner(requests.unlink.parse(body).phone).unlink();
      return {};
    case '/own': {
      const { phone, to, text } = requests.own.parse(body);
      return { id: await fake.owner(phone).say(fake.person(to), text) };
    }
    case '/inbound': {
      const { from, group, say, ...about } = requests.inbound.parse(body);
      const person = fake.person(from, about);
      return { id: await speak(speakerOf(fake, person, group), say) };
    }
    case '/again': {
      const { from, id } = requests.again.parse(body);
      await fake.person(from).sayAgain(id);
      return {};
    }
    case '/typing': {
      const { from, typing } = requests.typing.parse(body);
      fake.person(from).typing(typing);
      return {};
    }
    case '/receipt': {
      const { from, ids } = requests.receipt.parse(body);
      fake.person(from).open(ids);
      return {};
    }
    case '/retry': {
      const { from, id } = requests.retry.parse(body);
      await fake.person(from).retryReceipt(id);
      return {};
    }
    case '/lose-session':
      await fake.person(requests.loseSession.parse(body).from).loseSession();
      return {};
    case '/group': {
      const { people, subject } = requests.group.parse(body);
      return {
        address: fake.group(
          people.map((phone) => fake.person(phone)),
          subject,
        ).address,
      };
    }
    case '/not-on-whatsapp':
      fake.notOnWhatsApp(requests.absent.parse(body).phone);
      return {};
    case '/kick':
      fake.kick(requests.kick.parse(body).kind);
      return {};
    case '/behaviour': {
      const { ackError, refuseLogin, ...others } = requests.behaviour.parse(body);
      Object.assign(fake.behaviour, others);
      // JSON has no word for "not there": null says it.
      if (ackError !== undefined) fake.behaviour.ackError = ackError ?? undefined;
      if (refuseLogin !== undefined) fake.behaviour.refuseLogin = refuseLogin ?? undefined;
      return fake.behaviour;
    }
    case '/release-offline':
      fake.releaseOffline();
      return {};
    default:
      return undefined;
  }
}

function speakerOf(fake: FakeWhatsApp, person: FakePerson, group: string | undefined): Speaker {
  if (group === undefined) return person;
  const found = fake.groups.find(({ address }) => address === group);
  if (!found) throw new Error('There is no such group.');
  return found.person(person);
}

function speak(speaker: Speaker, saying: Saying): Promise<string> {
  switch (saying.kind) {
    case 'text':
      return speaker.say(saying.text, saying);
    case 'location':
      return speaker.location(saying);
    case 'live location':
      return speaker.liveLocation(saying);
    case 'image':
      return speaker.image(saying.bytes, saying);
    case 'video':
      return speaker.video(saying.bytes, saying);
    case 'document':
      return speaker.document(saying.bytes, saying);
    case 'voice':
      return speaker.voice(saying.bytes);
    case 'sticker':
      return speaker.sticker(saying.bytes);
    case 'contact':
      return speaker.contact(saying.name, saying.phone);
    case 'poll':
      return speaker.poll(saying.question, saying.options);
    case 'button':
      return speaker.pressButton(saying.id, saying.label);
    case 'template button':
      return speaker.pressTemplateButton(saying.id, saying.label);
    case 'row':
      return speaker.chooseRow(saying.id, saying.title);
    case 'edit':
      return speaker.edit(saying.id, saying.text);
    case 'delete':
      return speaker.delete(saying.id);
    case 'react':
      return speaker.react(saying.id, saying.emoji);
  }
}

/** A message as JSON tells it: files in base64, and nothing of the encoding underneath. */
function plain(received: Received): object {
  const { file } = received;
  const base64 = file && { ...file, bytes: file.bytes?.toString('base64') ?? null };
  return { ...received, file: base64, message: undefined };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
