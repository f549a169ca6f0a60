import { describe, expect, it } from 'vitest';
import { languages } from '../../src/core/language.ts';
import { commands, messages } from '../../src/locales/index.ts';

/** All texts by key; a plural's forms under one key. */
function texts(node: unknown, path = ''): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const walk = (value: unknown, key: string) => {
    if (typeof value === 'string') {
      const base = key.replace(/_(one|other)$/, '');
      found.set(base, [...(found.get(base) ?? []), value]);
    } else if (Array.isArray(value)) {
      walk(value.join('\n'), key);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, child] of Object.entries(value)) walk(child, key === '' ? name : `${key}.${name}`);
    }
  };
  walk(node, path);
  return found;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort();

describe('the texts', () => {
  const indonesian = texts(messages.id);

  it.each(languages)('%s has every key, and no other', (language) => {
    expect([...texts(messages[language]).keys()].sort()).toEqual([...indonesian.keys()].sort());
  });

  it.each(languages)('%s uses the same values in every text', (language) => {
    for (const [key, forms] of texts(messages[language])) {
      for (const form of forms) {
        expect(new Set(placeholders(form)), key).toEqual(new Set(placeholders(indonesian.get(key)?.[0] ?? '')));
      }
    }
  });

  it.each(languages)('%s is written for a small screen: short paragraphs, short labels, no markup', (language) => {
    for (const [key, forms] of texts(messages[language])) {
      for (const form of forms) {
        expect(form.length, key).toBeLessThanOrEqual(600);
        expect(form, key).not.toMatch(/[*_~`<>]/);
        if (key.startsWith('choices.')) expect(form.length, key).toBeLessThanOrEqual(24);
      }
    }
  });

  it('every language has the same orders', () => {
    for (const language of languages) {
      expect(Object.keys(commands[language]).sort()).toEqual(Object.keys(commands.id).sort());
    }
  });
});
