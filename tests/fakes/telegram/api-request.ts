import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { badRequest } from './api-error.ts';
import { formOf, type UploadedFile } from './multipart.ts';
import type { Parameters } from './parameters.ts';

/** What a call brings: parameters out of the address and the body, and files by the name that parameters call them. */
export interface ApiRequest {
  readonly parameters: Parameters;
  readonly files: Readonly<Record<string, UploadedFile>>;
}

const objectSchema = z.record(z.string(), z.unknown());

/** Reads a request to the end: a query, a form, a form with files, or JSON. */
export async function apiRequestOf(request: IncomingMessage, query: URLSearchParams): Promise<ApiRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(z.instanceof(Buffer).parse(chunk));
  const body = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  const inAddress = Object.fromEntries(query);
  if (type.startsWith('multipart/form-data')) {
    const { fields, files } = formOf(body, type);
    return { parameters: { ...inAddress, ...fields }, files };
  }
  const inBody = type.startsWith('application/json') ? jsonObject(body) : Object.fromEntries(formFields(body));
  return { parameters: { ...inAddress, ...inBody }, files: {} };
}

const formFields = (body: Buffer): URLSearchParams => new URLSearchParams(body.toString());

function jsonObject(body: Buffer): Parameters {
  if (body.length === 0) return {};
  try {
    const all = objectSchema.parse(JSON.parse(body.toString()));
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
  } catch {
    throw badRequest("can't parse JSON object");
  }
}
