import { daysOfAge, firstDay, lastDay, printDay } from '../domain/day-number.ts';
import { MISSING_FIELDS } from '../domain/missing-fields.ts';
import { ASSET_STATUSES, NATURES, PHYSICAL_STATES } from '../schema/asset.ts';
import type { AssetFilter, EmptyField, GroupField } from './asset-list.ts';

/** The condition that only the assets of a group of a summary meet; `today` as the summary says. */
export function filterOfGroup(field: GroupField, key: string, today: string): AssetFilter {
  switch (field) {
    case 'status':
      return { status: ASSET_STATUSES.filter((known) => known === key) };
    case 'nature':
      return { nature: NATURES.filter((known) => known === key) };
    case 'typeCode':
      return { typeCode: [key] };
    case 'structureId':
      return { structureId: [key] };
    case 'siteId':
      return key ? { siteId: [key] } : empty('siteId');
    case 'physicalState':
      return key ? { physicalState: PHYSICAL_STATES.filter((known) => known === key) } : empty('physicalState');
    case 'brand':
      return key ? { brand: [key] } : empty('brand');
    case 'missing':
      return { missing: MISSING_FIELDS.filter((known) => known === key) };
    case 'age': {
      if (!key) return empty('acquisitionDate');
      const [from, to] = daysOfAge(Number(key), today);
      return { acquiredFrom: printDay(from), acquiredTo: printDay(to) };
    }
    case 'endYear':
      return key ? { endsFrom: key, endsTo: key } : empty('end');
  }
}

function empty(field: EmptyField): AssetFilter {
  return { empty: [field] };
}

/** Both filters at once. Where both name values, those of `inner` are among those of `outer`, as a group's are. */
export function narrow(outer: AssetFilter, inner: AssetFilter): AssetFilter {
  const all = <Value>(a: readonly Value[] = [], b: readonly Value[] = []) => [...new Set([...a, ...b])];
  const later = bound(outer, inner, (a, b) => firstDay(a) > firstDay(b));
  const earlier = bound(outer, inner, (a, b) => lastDay(a) < lastDay(b));
  return {
    ...outer,
    ...inner,
    ...later('acquiredFrom'),
    ...earlier('acquiredTo'),
    ...later('endsFrom'),
    ...earlier('endsTo'),
    ...(inner.missing && { missing: all(outer.missing, inner.missing) }),
    ...(inner.empty && { empty: all(outer.empty, inner.empty) }),
  };
}

type Bound = 'acquiredFrom' | 'acquiredTo' | 'endsFrom' | 'endsTo';

/** The stricter one of two bounds. */
function bound(outer: AssetFilter, inner: AssetFilter, isStricter: (a: string, b: string) => boolean) {
  return (name: Bound): AssetFilter => {
    const [a, b] = [outer[name], inner[name]];
    if (a === undefined || b === undefined) return {};
    return { [name]: isStricter(a, b) ? a : b };
  };
}
