/**
 * The thread that pictures and documents are made in: makes what it is asked for, answers, and keeps nothing of it.
 * Started by `workerDocuments`.
 */
import { parentPort } from 'node:worker_threads';
import type { ReplyFile } from '../../core/reply.ts';
import type { Documents } from '../../core/services.ts';
import { directDocuments } from './direct.ts';

/** What can be made: each is a function of `Documents`. */
export type Kind = keyof Documents;

/** What one is made from. */
export type Content<Of extends Kind> = Parameters<Documents[Of]>[0];

/** One to make. */
export type Order<Of extends Kind = Kind> = {
  readonly [Each in Of]: { readonly kind: Each; readonly content: Content<Each> };
}[Of];

/** What the worker is told. */
export interface Request {
  readonly id: number;
  readonly order: Order;
}

/** What the worker says: the file, or how making it failed. */
export type Answer = { readonly id: number } & ({ readonly file: ReplyFile } | { readonly fault: Fault });

/** An error without its message: that could hold what the document is about. */
export interface Fault {
  /** The error's class. */
  readonly error: string;
  /** Where in the program it was, line by line. */
  readonly at: readonly string[];
}

const makers: { readonly [Of in Kind]: (content: Content<Of>) => Promise<ReplyFile> } = directDocuments;

function made<Of extends Kind>(order: Order<Of>): Promise<ReplyFile> {
  return makers[order.kind](order.content);
}

function faultOf(error: unknown): Fault {
  if (!(error instanceof Error)) return { error: typeof error, at: [] };
  const { stack = '', message } = error;
  const end = message === '' ? 0 : stack.indexOf(message);
  // A stack that does not begin with the message could hold it anywhere.
  const at = end < 0 ? [] : stack.slice(end + message.length).split('\n');
  return { error: error.constructor.name, at: at.filter((line) => line.startsWith('    at ')) };
}

async function answer({ id, order }: Request): Promise<Answer> {
  try {
    return { id, file: await made(order) };
  } catch (error) {
    return { id, fault: faultOf(error) };
  }
}

async function serve(request: Request): Promise<void> {
  parentPort?.postMessage(await answer(request), []);
}

parentPort?.on('message', (request: Request) => void serve(request));
