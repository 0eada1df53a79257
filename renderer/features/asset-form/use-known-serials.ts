import { useEffect, useRef, useState } from 'react';
import { compact } from '#shared/domain/fold.ts';
import { useSession } from '../../store/session.tsx';

/** The asset of the register that has a serial; null when none has. */
export type KnownSerial = { readonly id: string; readonly reference: string } | null;

/** Best matches looked at: an equal serial is the first of them. */
const LOOKED_AT = 5;

/** For each serial, which asset of the register has it already; absent while it is being looked up. */
export function useKnownSerials(serials: readonly string[]): ReadonlyMap<string, KnownSerial> {
  const { channel, database } = useSession();
  const [known, setKnown] = useState<ReadonlyMap<string, KnownSerial>>(new Map());
  const asked = useRef(new Set<string>());
  const key = serials.join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the serials.
  useEffect(() => {
    const lookUp = async (serial: string): Promise<KnownSerial> => {
      const { ids } = await channel.question('findAssets', { filter: { text: serial }, offset: 0, limit: LOOKED_AT });
      const found = await database.assets.findByIds([...ids]).exec();
      const asset = [...found.values()].find(({ serialNumber }) => compact(serialNumber ?? '') === compact(serial));
      return asset ? { id: asset.id, reference: asset.reference } : null;
    };
    for (const serial of serials.filter((one) => !asked.current.has(one))) {
      asked.current.add(serial);
      lookUp(serial).then(
        (answer) => setKnown((before) => new Map(before).set(serial, answer)),
        // Asked again with the next serial; the command looks once more in any case.
        () => asked.current.delete(serial),
      );
    }
  }, [channel, database, key]);
  return known;
}
