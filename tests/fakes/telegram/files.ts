import { randomBytes } from 'node:crypto';
import type { File } from 'grammy/types';
import { badRequest } from './api-error.ts';
import type { UploadedFile } from './multipart.ts';

/** A file that Telegram keeps. */
export interface StoredFile extends UploadedFile {
  readonly id: string;
  readonly uniqueId: string;
  /** What comes after `/file/bot<token>/` in the address that it is fetched from. */
  readonly path: string;
}

/** Bots can fetch no larger file, in bytes. */
const largestDownload = 20 * 2 ** 20;

/** The files that passed between a bot and its people. */
export class FileStore {
  readonly #files: StoredFile[] = [];

  /** Keeps a file; `folder` begins its path, as `documents` and `photos` do. */
  add(folder: string, { name, type, bytes }: UploadedFile): StoredFile {
    const end = /\.\w+$/.exec(name)?.[0] ?? '';
    const file: StoredFile = {
      id: randomBytes(24).toString('base64url'),
      uniqueId: randomBytes(8).toString('base64url'),
      path: `${folder}/file_${this.#files.length}${end}`,
      name,
      type,
      bytes,
    };
    this.#files.push(file);
    return file;
  }

  find(id: string): StoredFile | undefined {
    return this.#files.find((file) => file.id === id);
  }

  at(path: string): StoredFile | undefined {
    return this.#files.find((file) => file.path === path);
  }

  /** The answer of `getFile`. */
  describe(id: string): File {
    const file = this.find(id);
    if (file === undefined) throw badRequest('invalid file_id');
    if (file.bytes.length > largestDownload) throw badRequest('file is too big');
    return { ...fileFields(file), file_path: file.path };
  }
}

/** What every kind of file says of itself in a message. */
export function fileFields(file: StoredFile): { file_id: string; file_unique_id: string; file_size: number } {
  return { file_id: file.id, file_unique_id: file.uniqueId, file_size: file.bytes.length };
}
