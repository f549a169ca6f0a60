import { playBySms } from './by-sms.ts';

playBySms('en');
