import { dayOf } from '#shared/papers/format.ts';
import { countRows } from '../parcels/count-rows.ts';
import type { Register } from '../register.ts';
import type { Gathered } from './gather.ts';
import type { Names } from './names.ts';

/** Where the records of this desktop are at this instant, and the last receipt it has (SPEC X7). No asset is named. */
export function gatherDesktop(register: Register, names: Names): Gathered {
  const { device } = register.identity.require();
  const now = register.instant();
  const [all, assets] = [countRows(register), countRows(register, 'assets')];
  const lastSuccess = register.meta.get('sync.lastSuccess');
  const receipt = register.ownParcels.lastReceived();
  const subject = `${device.code}, ${device.name}`;
  return {
    names,
    lines: [],
    assets: [],
    subject,
    values: {
      poste: subject,
      heure: hourInBenin(now),
      ...(typeof lastSuccess === 'string' && { 'dernier contact': dayOf(lastSuccess) }),
      ...(receipt && { 'dernier accusé': `colis n° ${receipt.number}, le ${written(dayOf(receipt.at))}` }),
      'actifs reçus': assets.received,
      'actifs envoyés': assets.sent,
      'actifs en attente': assets.local,
      'actifs refusés': assets.refused,
      'enregistrements reçus': all.received,
      'enregistrements envoyés': all.sent,
      'enregistrements en attente': all.local,
      'enregistrements refusés': all.refused,
    },
  };
}

/** UTC+1 all year. */
function hourInBenin(instant: string): string {
  return new Date(Date.parse(instant) + 3_600_000).toISOString().slice(11, 16);
}

function written(day: string): string {
  return day.split('-').reverse().join('/');
}
