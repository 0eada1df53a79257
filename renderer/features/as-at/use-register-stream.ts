import { useEffect, useState } from 'react';
import { type ErrorData, toErrorData } from '#shared/domain/errors.ts';
import type { QuestionInput, QuestionOutput } from '#shared/protocol/data-port.ts';
import type { Asset } from '#shared/schema/asset.ts';
import { useSession } from '../../store/session.tsx';
import { addTotals, NO_TOTALS, type Totals } from './totals.ts';

/** Assets per question: between two of them the data process answers others. */
const STRETCH = 500;

type Ask = (input: QuestionInput<'registerAt'>) => Promise<QuestionOutput['registerAt']>;

/** The whole register as at an instant, stretch after stretch; none of it is kept. */
export async function* readRegister(ask: Ask, at: string): AsyncGenerator<{ assets: readonly Asset[]; total: number }> {
  for (let offset = 0; ; offset += STRETCH) {
    const { assets, total } = await ask({ at, offset, limit: STRETCH });
    if (assets.length === 0) return;
    yield { assets, total };
    if (offset + STRETCH >= total) return;
  }
}

export type RunningTotals = {
  readonly totals: Totals;
  readonly isComplete: boolean;
  readonly error: ErrorData | undefined;
};

/** The totals of the register as at an instant; they grow while it is read, and end with the screen. */
export function useTotals(at: string): RunningTotals {
  const { channel } = useSession();
  const [state, setState] = useState<RunningTotals>({ totals: NO_TOTALS, isComplete: false, error: undefined });
  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      let totals = NO_TOTALS;
      setState({ totals, isComplete: false, error: undefined });
      for await (const { assets } of readRegister((input) => channel.question('registerAt', input), at)) {
        if (!isCurrent) return;
        totals = addTotals(totals, assets);
        setState({ totals, isComplete: false, error: undefined });
      }
      if (isCurrent) setState({ totals, isComplete: true, error: undefined });
    };
    read().catch((cause: unknown) => {
      if (isCurrent) setState((known) => ({ ...known, error: toErrorData(cause) }));
    });
    return () => {
      isCurrent = false;
    };
  }, [channel, at]);
  return state;
}
