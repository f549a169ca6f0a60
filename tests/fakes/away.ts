import { type Registry, type Services, Unavailable } from '../../src/core/services.ts';

const away = () => Promise.reject(new Unavailable('registry'));

/** A registry that does not answer. */
export const registryAway: Registry = {
  memberByNik: away,
  memberByKpj: away,
  memberByRef: away,
  account: away,
  contributions: away,
  years: away,
  floors: away,
  holder: away,
};

/** Everything that can be away is away. */
export const servicesAway: Omit<Services, 'clock' | 'random' | 'keys' | 'offices'> = {
  registry: registryAway,
  failures: { standing: away, countFirst: away, clear: away },
  admissions: { admit: away },
  breaker: { standing: away, count: away },
  logins: { begin: away, isCurrent: away },
  consents: { record: away },
  audit: { record: away },
  chats: { noteLogin: away, link: away, linked: away, unlink: away, held: away, erase: away },
  blocks: { blocked: away, block: away, lift: away, setAlarm: away, soundAlarm: away },
  misses: { note: away },
  documents: {
    lossStatement: away,
    balanceChart: away,
    contributionChart: away,
    card: away,
    statement: away,
    letter: away,
  },
  verification: { addressOf: () => null },
};
