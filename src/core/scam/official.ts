import { z } from 'zod';
import type { Reason, Verdicted } from './judgement.ts';
import table from './official.json' with { type: 'json' };

/** `high` makes a channel official, `medium` listed; `low` only keeps it from being called an imitation. */
const origin = { source: z.string().min(1), confidence: z.enum(['high', 'medium', 'low']) };
const owned = { of: z.enum(['employment', 'ministry', 'health']), ...origin };
export const platforms = ['instagram', 'facebook', 'x', 'telegram', 'tiktok', 'youtube'] as const;
export type Platform = (typeof platforms)[number];

const schema = z.object({
  hosts: z.array(z.object({ host: z.string(), ...owned })),
  apps: z.array(z.object({ host: z.string(), path: z.string(), id: z.string(), ...owned })),
  phones: z.array(z.object({ digits: z.string(), replaced: z.boolean().default(false), ...owned })),
  handles: z.array(z.object({ handle: z.string(), platform: z.enum(platforms), ...origin })),
});

/** The channels that are known, each with its source. */
export const channels = schema.parse(table);

function verdictOf(confidence: 'high' | 'medium' | 'low', of: Reason): Verdicted {
  if (confidence === 'low') return { verdict: 'unknown', why: 'unverified' };
  return { verdict: confidence === 'high' ? 'official' : 'listed', why: of };
}

/** What is known of a host that is an official one, or lies under one; null for every other. */
export function officialHost(host: string): Verdicted | null {
  const found = channels.hosts.find((known) => host === known.host || host.endsWith(`.${known.host}`));
  return found ? verdictOf(found.confidence, found.of) : null;
}

/** The page of an official app in a shop; null for every other page. */
export function officialApp({ host, pathname, searchParams }: URL): Verdicted | null {
  const found = channels.apps.find(
    (app) => app.host === host && app.path === pathname && app.id === searchParams.get('id'),
  );
  return found ? verdictOf(found.confidence, found.of) : null;
}

/** A number in digits alone, of a mobile one with 62 in front; null when it is none that is known. */
export function knownPhone(digits: string): Verdicted | null {
  const found = channels.phones.find((phone) => phone.digits === digits);
  if (!found) return null;
  return found.replaced ? { verdict: 'old', why: 'replaced' } : verdictOf(found.confidence, found.of);
}

/** A name of an account, with the platform where that is known; null when it is none that is known there. */
export function knownHandle(handle: string, platform: Platform | null): Verdicted | null {
  const found = channels.handles.find(
    (known) => known.handle === handle && (platform === null || known.platform === platform),
  );
  return found ? verdictOf(found.confidence, 'employment') : null;
}
