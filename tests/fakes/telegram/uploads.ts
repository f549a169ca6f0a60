import type { PhotoSize } from 'grammy/types';
import { badRequest } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import { type FileStore, fileFields, type StoredFile } from './files.ts';

/** Largest photo and largest other file that a bot can send, in bytes. */
const largest = { photos: 10 * 2 ** 20, documents: 50 * 2 ** 20 } as const;

/**
 * The file that a call sends as this parameter: uploaded under its name or under one that it gives as `attach://name`,
 * or one that Telegram has, by its id. Addresses are not fetched.
 */
export function sentFile(
  { parameters, files }: ApiRequest,
  parameter: string,
  folder: keyof typeof largest,
  store: FileStore,
): StoredFile {
  const given = parameters[parameter];
  const name = typeof given === 'string' && given.startsWith('attach://') ? given.slice('attach://'.length) : parameter;
  const uploaded = files[name];
  if (uploaded === undefined) {
    const known = typeof given === 'string' ? store.find(given) : undefined;
    if (known !== undefined) return known;
    if (given === undefined) throw badRequest(`there is no ${parameter} in the request`);
    throw badRequest('wrong file identifier/HTTP URL specified');
  }
  if (uploaded.bytes.length === 0) throw badRequest('file must be non-empty');
  if (uploaded.bytes.length > largest[folder]) throw badRequest('file is too big');
  return store.add(folder, uploaded);
}

/** A photo as a message shows it; throws the 400 of Telegram for what is no picture. */
export function photoSizes(file: StoredFile): PhotoSize[] {
  const size = pictureSize(file.bytes);
  if (size === null) throw badRequest('IMAGE_PROCESS_FAILED');
  const { width, height } = size;
  if (width + height > 10_000 || Math.max(width, height) > 20 * Math.min(width, height)) {
    throw badRequest('PHOTO_INVALID_DIMENSIONS');
  }
  return [{ ...fileFields(file), width, height }];
}

function pictureSize(bytes: Buffer): { width: number; height: number } | null {
  const isPng = bytes.subarray(1, 4).toString('latin1') === 'PNG' && bytes.length >= 24;
  if (isPng) return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  // The size of a JPEG stands nowhere in particular; nobody here asks for it.
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? { width: 1_280, height: 1_280 } : null;
}
