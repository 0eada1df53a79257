import { AppError } from '#shared/domain/errors.ts';
import type { NamedBytes } from '#shared/protocol/parcel-port.ts';
import { useDesktop } from '../../store/desktop.tsx';

export type Stick = {
  /** Asks where to write. False where the person would rather not. @throws AppError */
  choose(): Promise<boolean>;
  /** One after the other, each whole on the stick before the next. @throws AppError: full, write-protected or pulled out */
  write(files: readonly NamedBytes[]): Promise<void>;
};

/** The folder that sealed files are written to, under the names that people find again. */
export function useStick(): Stick {
  const { bridge } = useDesktop();
  return {
    async choose() {
      const result = await bridge.chooseFolder();
      if (!result.ok) throw AppError.from(result.error);
      return result.value === 'done';
    },
    async write(files) {
      for (const { name, bytes } of files) {
        const result = await bridge.writeParcelFile({ name, bytes });
        if (!result.ok) throw AppError.from(result.error);
      }
    },
  };
}
