/** Where a model usually stands. */
export type Setting = 'desk' | 'shared' | 'technical' | 'isolated';

export type Computer = {
  readonly processor: string;
  readonly cores: number;
  readonly memoryMb: readonly number[];
  readonly diskGb: readonly number[];
  readonly diskType: 'HDD' | 'SSD';
  readonly isServer?: boolean;
};

/** A model of the demonstration's catalogue. */
export type Model = {
  readonly typeCode: string;
  readonly brand: string;
  readonly model: string;
  /** Years in which a ministry may have bought it, both included. */
  readonly years: readonly [from: number, to: number];
  /** Price range in thousands of F CFA: an order of magnitude, not a tariff. */
  readonly price: readonly [low: number, high: number];
  /** Pattern of `inventSerial`. */
  readonly serial: string;
  /** How many of it there are, relative to the others. */
  readonly weight: number;
  readonly warrantyYears: number;
  readonly settings: readonly (readonly [Setting, number])[];
  readonly computer?: Computer;
  /** Characteristics that every piece shares. */
  readonly attributes?: Readonly<Record<string, string | number | boolean>>;
};

export const AT_A_DESK = [['desk', 1]] as const satisfies Model['settings'];
export const SHARED = [['shared', 1]] as const satisfies Model['settings'];
export const TECHNICAL = [['technical', 1]] as const satisfies Model['settings'];
