import { type Static, Type } from 'typebox';
import type { ErrorData } from '../domain/errors.ts';
import { ROLES } from '../domain/roles.ts';
import { Id, Line, Word } from '../schema/collection.ts';
import { ClientReport } from './replication.ts';

/**
 * The desktops as the endpoint knows them (SPEC E5): asked of it by whoever looks after them, over the data port and
 * then over HTTP. Not a part of the register: it is not replicated, and an answer shows how old it is.
 */
export const FLEET_PATH = '/v1/admin/fleet';

export const FleetDevice = Type.Object({
  /** Acronym. */
  ministry: Line(20),
  id: Id,
  code: Line(4),
  name: Line(100),
  person: Type.Object({ name: Line(150), role: Word(ROLES) }),
  enrolledAt: Type.String({ maxLength: 40 }),
  /** Absent where nothing was heard since its enrolment. */
  lastContact: Type.Optional(Type.String({ maxLength: 40 })),
  version: Type.Optional(ClientReport.properties.version),
  waiting: Type.Optional(ClientReport.properties.waiting),
  refused: Type.Optional(ClientReport.properties.refused),
  clock: ClientReport.properties.clock,
});
export type FleetDevice = Static<typeof FleetDevice>;

export const FleetAnswer = Type.Object({
  /** Instant of the endpoint. */
  time: Type.String({ maxLength: 40 }),
  devices: Type.Array(FleetDevice),
});
export type FleetAnswer = Static<typeof FleetAnswer>;

export type FleetQuestionOutput = {
  readonly getFleet: {
    /** The latest answer, with the instant of this desktop at which it came; absent before the first one. */
    readonly fleet?: FleetAnswer;
    readonly askedAt?: string;
    /** Why there is no newer one. */
    readonly trouble?: ErrorData;
  };
};

export const FLEET_QUESTIONS = {
  /** Asks the endpoint; where it does not answer, gives the last answer of this session and says what went wrong. */
  getFleet: Type.Object({}, { additionalProperties: false }),
} as const;
