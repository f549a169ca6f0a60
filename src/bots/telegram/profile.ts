import type { RawApi } from 'grammy';
import { type Language, languages } from '../../core/language.ts';
import type { Platform } from './platform.ts';
import { standardLanguage, words } from './words.ts';

interface Step {
  readonly name: string;
  readonly call: (api: RawApi) => Promise<unknown>;
}

/** What members find before they have written: commands and descriptions, for each language and for all others. */
function steps(): readonly Step[] {
  const versions: readonly (readonly [{ readonly language_code?: Language }, Language])[] = [
    [{}, standardLanguage],
    ...languages.map((language) => [{ language_code: language }, language] as const),
  ];
  return versions.flatMap(([whom, language]) => {
    const { commands, description, shortDescription } = words[language];
    const menu = commands.map(({ command, description }) => ({ command, description }));
    return [
      { name: 'commands', call: (api) => api.setMyCommands({ ...whom, commands: menu }) },
      { name: 'description', call: (api) => api.setMyDescription({ ...whom, description }) },
      {
        name: 'short description',
        call: (api) => api.setMyShortDescription({ ...whom, short_description: shortDescription }),
      },
    ] satisfies Step[];
  });
}

/**
 * Tells Telegram how the bot presents itself, one thing after the other. `failed` is told of what does not work: the
 * bot does all the same, and the next start tries again. Never throws.
 */
export async function present(
  platform: Platform,
  failed: (step: string, error: unknown) => void,
  ended: AbortSignal,
): Promise<void> {
  const { ask } = platform.until(ended);
  for (const { name, call } of steps()) {
    if (ended.aborted) return;
    await ask(call).catch((error: unknown) => {
      if (!ended.aborted) failed(name, error);
    });
  }
}
