import type { InlineKeyboardButton, InlineKeyboardMarkup, ReplyKeyboardMarkup } from 'grammy/types';
import type { Choice, Place, Reply, ReplyFile } from '../../core/reply.ts';
import { type Words, words } from './words.ts';

/** What Telegram takes, in UTF-16 units: the whole of a message, and the text beside a file. */
export const textLimit = 4_096;
export const captionLimit = 1_024;

/** Bytes of what a button carries. A choice whose id is longer is refused, and listed by its number instead. */
export const buttonDataLimit = 64;

/** Characters of a button's label before it is cut; an old phone shows about so many. */
export const labelLimit = 40;

/** Labels up to this length stand two in a row. */
export const shortLabel = 16;

/** Labels of a venue. Telegram does not say how long they may be; so much is shown. */
const placeLimit = 128;

/** Where a reply goes: to the member alone, or into a group whose bot has this name. */
export type Room = { readonly is: 'private' } | { readonly is: 'group'; readonly username: string };

type Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup;

/**
 * One call to the platform. `bare` is the same as nothing but text, for when Telegram does not take it as it is: what
 * the member needs to know is in there.
 */
export type Message = { readonly bare: string; readonly markup: Markup | null } & (
  | { readonly is: 'text'; readonly text: string }
  | { readonly is: 'file'; readonly file: ReplyFile; readonly caption: string }
  | { readonly is: 'place'; readonly place: Place }
);

/**
 * A reply as Telegram shows it. Always as plain text, without markup of any kind, so that no name from the database can
 * break it. One message, but for two things that have no room for it: a long text stands before its file, and a text
 * before the pin of its place, since a pin holds no text.
 *
 * Telegram lets no bot clear a chat: of what was said before a goodbye (`forgets`) only the goodbye tells.
 *
 * `hidden`: the member's message has been deleted, which they are told.
 */
export function render(reply: Reply, room: Room, hidden: boolean): readonly Message[] {
  const own = words[reply.language];
  const text = plain(hidden ? `${reply.text}\n\n${own.hidden}` : reply.text);
  const markup = markupFor(reply, room, own);
  const choices = listed(reply, room, own);
  const { file, place } = reply;
  const withText = file !== undefined && text.length <= captionLimit;
  const messages: Message[] = [];
  if (!withText) messages.push({ is: 'text', text: cut(text, textLimit), markup, bare: joined(text, choices) });
  if (file) {
    messages.push({
      is: 'file',
      file,
      caption: withText ? text : '',
      markup: withText ? markup : null,
      bare: withText ? joined(`${text}\n\n${file.words}`, choices) : joined(file.words, ''),
    });
  }
  if (place)
    messages.push({ is: 'place', place: shownPlace(place), markup: null, bare: joined(placeInWords(place), '') });
  return messages;
}

function markupFor({ choices, asksLocation }: Reply, room: Room, own: Words): Markup | null {
  // In a group a button is there for everybody: what was asked for goes on where nobody else presses.
  if (room.is === 'group') return { inline_keyboard: [[{ text: own.privateChat, url: privateChat(room.username) }]] };
  if (asksLocation === true) return locationKeyboard(choices, own);
  if (choices.length === 0) return null;
  const button = ({ id, label }: Choice): InlineKeyboardButton => ({ text: labelOf(label), callback_data: id });
  return { inline_keyboard: rows(choices).map((row) => row.map(button)) };
}

/**
 * The one kind of button that can send a location stands below the text field, and no other kind can be beside it in
 * the same message: so the choices stand there, too, and are sent as their labels. Apps put it away once a button is
 * pressed; a message that takes it away could have no buttons of its own.
 */
function locationKeyboard(choices: readonly Choice[], own: Words): ReplyKeyboardMarkup {
  const share = [{ text: own.shareLocation, request_location: true }];
  const others = rows(choices).map((row) => row.map(({ label }) => ({ text: labelOf(label) })));
  return { keyboard: [share, ...others], resize_keyboard: true, one_time_keyboard: true };
}

/** Two short ones beside each other, a long one alone. */
function rows(choices: readonly Choice[]): Choice[][] {
  const laid: Choice[][] = [];
  for (const choice of choices) {
    const row = laid.at(-1);
    const [first] = row ?? [];
    const fits = row?.length === 1 && first !== undefined && first.label.length <= shortLabel;
    if (row && fits && choice.label.length <= shortLabel) row.push(choice);
    else laid.push([choice]);
  }
  return laid;
}

function labelOf(label: string): string {
  const shown = cut(plain(label), labelLimit);
  // A button without a label is refused, and the whole message with it.
  return shown.trim() === '' ? '·' : shown;
}

/** The choices as a numbered list, which the assistant also understands; in a group the way to the private chat. */
function listed({ choices }: Reply, room: Room, own: Words): string {
  if (room.is === 'group') return `${own.privateChat}: ${privateChat(room.username)}`;
  return choices.map(({ label }, index) => `${index + 1}. ${plain(label)}`).join('\n');
}

function privateChat(username: string): string {
  return `https://t.me/${username}`;
}

function shownPlace({ name, address, ...where }: Place): Place {
  const point = `${where.latitude}, ${where.longitude}`;
  const shown = (text: string | null) => cut(plain(text ?? ''), placeLimit).trim() || point;
  return { name: shown(name), address: shown(address), ...where };
}

function placeInWords({ name, address, latitude, longitude }: Place): string {
  const map = `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`;
  return [name, ...(address === null ? [] : [address]), map].map(plain).join('\n');
}

/** What comes last is never cut off. */
function joined(text: string, last: string): string {
  if (last === '') return cut(text, textLimit);
  const end = cut(last, textLimit / 2);
  return `${cut(text, textLimit - end.length - 2)}\n\n${end}`;
}

/** Half of a pair of surrogates is no text that Telegram could read, and NUL ends it. */
function plain(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', '\uFFFD');
}

/** At most so many UTF-16 units, between characters. */
function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const kept = text.slice(0, limit - 1);
  return `${/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}
