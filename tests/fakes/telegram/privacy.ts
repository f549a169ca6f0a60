import type { UserFromGetMe } from 'grammy/types';
import type { ChatMessage } from './chat-room.ts';

/**
 * Whether a bot is told of a message in a group. In privacy mode it is told of commands to it, of commands to nobody in
 * particular (it is the only bot in these groups), of mentions of its name, and of answers to its own messages.
 */
export function heardBy(me: UserFromGetMe, message: ChatMessage): boolean {
  if (me.can_read_all_group_messages) return true;
  if (message.reply_to_message?.from?.id === me.id) return true;
  const text = message.text ?? message.caption ?? '';
  const name = `@${me.username}`.toLowerCase();
  return (message.entities ?? message.caption_entities ?? []).some(({ type, offset, length }) => {
    const part = text.slice(offset, offset + length).toLowerCase();
    if (type === 'mention') return part === name;
    return type === 'bot_command' && (!part.includes('@') || part.endsWith(name));
  });
}
