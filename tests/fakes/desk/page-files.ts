import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = 'tests/fakes/desk/page';

const files = [
  `${folder}/desk.css`,
  `${folder}/desk.js`,
  `${folder}/conversation.js`,
  `${folder}/place.js`,
  `${folder}/requests.js`,
  `${folder}/same.js`,
  'src/bots/web/page/element.js',
  'src/bots/web/page/icon.svg',
];

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Serves the page at `/`, and its files under their paths in the repository, so that imports mean the same on both sides. */
export function servePage(app: FastifyInstance): void {
  const serve = (path: string, file: string) =>
    app.get(path, async (_request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .header('content-type', types[extname(file)] ?? 'application/octet-stream')
        .send(await readFile(join(root, file))),
    );
  serve('/', `${folder}/index.html`);
  for (const file of files) serve(`/${file}`, file);
}
