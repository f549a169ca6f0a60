import type { UserFromGetMe } from 'grammy/types';
import { badRequest, forbidden } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import type { CallbackQueries } from './callback-queries.ts';
import type { ChatRoom } from './chat-room.ts';
import type { FileStore } from './files.ts';
import type { Profile } from './profile.ts';
import type { UpdateQueue } from './update-queue.ts';

/** A call of a bot, as it came and how it ended. */
export interface ApiCall extends ApiRequest {
  readonly method: string;
  /** When it came, in milliseconds since 1970. */
  readonly at: number;
  /** The status that it was answered with, `cut` when it was not answered, `open` as long as it is not. */
  readonly outcome: number | 'cut' | 'open';
}

/** What Telegram keeps for one bot; calls of the bot and acts of its people meet here. */
export interface Account {
  readonly me: UserFromGetMe;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly rooms: Map<number, ChatRoom>;
  readonly files: FileStore;
  readonly queue: UpdateQueue;
  readonly taps: CallbackQueries;
  readonly profile: Profile;
  /** What the bot called, but for `getUpdates`. */
  readonly calls: readonly ApiCall[];
}

/** The chat that a call names; throws the 400 of Telegram when the bot knows none. */
export function roomOf(account: Account, chatId: string | number): ChatRoom {
  if (chatId === '') throw badRequest('chat_id is empty');
  const room = account.rooms.get(Number(chatId));
  if (room === undefined) throw badRequest('chat not found');
  return room;
}

/** A chat that the bot may write to; throws 403 when the person has blocked it. */
export function openRoomOf(account: Account, chatId: string | number): ChatRoom {
  const room = roomOf(account, chatId);
  if (room.blocked) throw forbidden('bot was blocked by the user');
  return room;
}
