import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { downloadMediaMessage } from '@whiskeysockets/baileys';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, linked } from './client.ts';
import { MediaStore } from './media.ts';
import { FakeWhatsApp } from './server.ts';

const kilobytes = 200;
const file = Buffer.alloc(kilobytes * 1024, 'jamsostek');

describe('files', () => {
  let fake: FakeWhatsApp;
  let client: Client;
  let undo: () => void;

  beforeAll(async () => {
    fake = await FakeWhatsApp.start({ media: true });
    undo = fake.trustHere();
    client = await linked(fake);
  });

  afterAll(async () => {
    expect(fake.log.filter(({ kind }) => kind === 'failed' || kind === 'not understood')).toStrictEqual([]);
    await client.close();
    undo();
    await fake.close();
  });

  it.each(['document', 'image', 'voice', 'video', 'sticker'] as const)(
    'can be read by the assistant: %s',
    async (kind) => {
      const person = fake.person('+62 812 0000 0001');
      const id = kind === 'document' ? person.document(file, { fileName: 'klaim.pdf' }) : person[kind](file);
      const { message } = await client.message(await id);
      expect(file.equals(await downloadMediaMessage(message, 'buffer', {}))).toBe(true);
    },
  );

  it('reach a member: a document and a picture, with words to them', async () => {
    const person = fake.person('+62 812 0000 0002');
    const document = { document: file, mimetype: 'application/pdf', fileName: 'saldo.pdf', caption: 'Saldo' };
    await client.socket.sendMessage(person.address, document);
    const { text, file: received } = await person.next();
    expect(text).toBe('Saldo');
    expect(received).toMatchObject({ kind: 'document', mimetype: 'application/pdf', fileName: 'saldo.pdf' });
    expect(received?.bytes?.equals(file)).toBe(true);
    await client.socket.sendMessage(person.address, { image: file, jpegThumbnail: '', caption: 'Kartu' });
    const picture = await person.next();
    expect(picture).toMatchObject({ text: 'Kartu', file: { kind: 'image', mimetype: 'image/jpeg' } });
    expect(picture.file?.bytes?.equals(file)).toBe(true);
  });

  it('can be fetched by another process that was told to trust the certificate', async () => {
    const id = await fake.person('+62 812 0000 0004').image(file);
    const url = (await client.message(id)).message.message?.imageMessage?.url ?? '';
    const script = `fetch(process.argv[1]).then(({ status }) => console.log(status), () => console.log('refused'));`;
    const ask = async (env: NodeJS.ProcessEnv) => {
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, url], { env });
      return stdout.trim();
    };
    expect(await ask({ ...process.env, NODE_EXTRA_CA_CERTS: fake.tls.certificatePath })).toBe('200');
    expect(await ask(process.env)).toBe('refused');
  });

  it('are kept encrypted', async () => {
    await fake.person('+62 812 0000 0003').document(file, { fileName: 'klaim.pdf' });
    const uploaded = fake.log.filter(({ kind }) => kind === 'upload');
    expect(uploaded.length).toBeGreaterThan(0);
    for (const upload of uploaded) expect(upload).not.toMatchObject({ bytes: file.length });
  });
});

describe('the store of files', () => {
  it('gives back what was sent, and notices when it was changed on the way', async () => {
    const store = new MediaStore();
    const fields = await store.upload(file, 'image');
    expect((await store.download(fields, 'image'))?.equals(file)).toBe(true);
    const encrypted = Buffer.from(store.get(fields.directPath) ?? '');
    encrypted.writeUInt8(encrypted.readUInt8(9) ^ 1, 9);
    store.put(fields.directPath, encrypted);
    await expect(store.download(fields, 'image')).rejects.toThrow('The file is damaged.');
  });
});

describe('files where no media server runs', () => {
  it('can’t be sent or read, while the message about them arrives', async () => {
    const fake = await FakeWhatsApp.start();
    const undo = fake.trustHere();
    const client = await linked(fake);
    const person = fake.person('+62 812 0000 0001');
    const { message } = await client.message(await person.document(file, { fileName: 'klaim.pdf' }));
    expect(message.message?.documentMessage).toMatchObject({ fileName: 'klaim.pdf' });
    await expect(downloadMediaMessage(message, 'buffer', {})).rejects.toThrow('fetch failed');
    const document = { document: file, mimetype: 'application/pdf', fileName: 'saldo.pdf' };
    await expect(client.socket.sendMessage(person.address, document)).rejects.toThrow(
      'Media upload failed on all hosts',
    );
    expect(() => fake.tls).toThrow('without media');
    await client.close();
    undo();
    await fake.close();
  });
});
