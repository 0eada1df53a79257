import { type Static, Type } from 'typebox';
import { ROLES } from '../domain/roles.ts';
import { Id, Line, Word } from '../schema/collection.ts';

/**
 * The desktops as the endpoint knows them (SPEC E5): asked of it by whoever looks after them, over the data port and
 * then over HTTP. Not a part of the register: it is not replicated, and an answer shows how old it is.
 */
export const FLEET_PATH = '/v1/admin/fleet';

/** How a desktop stands, as it says itself. */
export const DeviceState = Type.Object({
  /** Of its program. */
  version: Line(40),
  /** Rows that had not been acknowledged when it said so. */
  waiting: Type.Integer({ minimum: 0 }),
  refused: Type.Integer({ minimum: 0 }),
  /** Milliseconds by which its clock is ahead of the endpoint's (SPEC S17). */
  clock: Type.Optional(Type.Integer()),
});
export type DeviceState = Static<typeof DeviceState>;

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
  version: Type.Optional(DeviceState.properties.version),
  waiting: Type.Optional(DeviceState.properties.waiting),
  refused: Type.Optional(DeviceState.properties.refused),
  clock: Type.Optional(Type.Integer()),
});
export type FleetDevice = Static<typeof FleetDevice>;

export const FleetAnswer = Type.Object({
  /** Instant of the endpoint. */
  time: Type.String({ maxLength: 40 }),
  devices: Type.Array(FleetDevice),
});
export type FleetAnswer = Static<typeof FleetAnswer>;

export const FLEET_QUESTIONS = {
  /** Asks the endpoint; where it does not answer, gives the last answer of this session and says what went wrong. */
  getFleet: Type.Object({}, { additionalProperties: false }),
} as const;
