import { diskOwning } from '../../../src/backends/disk/owning.ts';
import { sealing } from '../../../src/backends/system/sealing.ts';
import { systemTimer } from '../../../src/backends/system/timer.ts';
import { testKeys, writeUntilKilled } from '../../contracts/owning-writer.ts';

/** A process that writes to the folder that it is given until it is killed. */
const [, , folder = '', key = ''] = process.argv;
const ring = [Buffer.from(key, 'base64')];
writeUntilKilled(diskOwning({ folder, sealing: sealing(() => ring), keys: testKeys, timer: systemTimer() }));
