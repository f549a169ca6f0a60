import type { Calculator } from './calculator.ts';
import { bpu, payslip } from './contributions.ts';
import { jkk, jkm, jkp } from './events.ts';
import { jht, payout } from './jht.ts';
import { jp } from './jp.ts';
import type { EstimateKind } from './kind.ts';

/** How each kind of estimate is worked out. */
export const calculators: Readonly<Record<EstimateKind, Calculator>> = { jht, payout, jp, jkk, jkm, jkp, bpu, payslip };
