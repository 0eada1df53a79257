import type { Structure, StructureKind } from '#shared/schema/structure.ts';
import { deterministicId } from '../reference/deterministic-id.ts';
import { DEMONSTRATION_MINISTRY } from './ministry.ts';

type Node = {
  /** Unique in the tree; also the acronym where there is one. */
  readonly key: string;
  readonly kind: StructureKind;
  readonly name: string;
  readonly parent?: string;
  /** False where nobody would use one. */
  readonly hasAcronym?: boolean;
};

function services(parent: string, ...names: readonly string[]): Node[] {
  return names.map((name, index) => ({
    key: `${parent}/S${index + 1}`,
    kind: 'service',
    name,
    parent,
    hasAcronym: false,
  }));
}

function departmental(code: string, ofDepartement: string): Node {
  return {
    key: `DDND-${code}`,
    kind: 'departmental-directorate',
    name: `Direction départementale du Numérique et de la Digitalisation ${ofDepartement}`,
    parent: 'SGM',
  };
}

/**
 * An invented tree on the pattern of the published model of a ministry: cabinet, inspectorate, general secretariat,
 * central, technical and departmental directorates, services. Parents come before their children.
 */
export const STRUCTURE_TREE: readonly Node[] = [
  { key: 'MND', kind: 'ministry', name: DEMONSTRATION_MINISTRY.name },
  { key: 'CAB', kind: 'cabinet', name: 'Cabinet du ministre', parent: 'MND' },
  ...services('CAB', 'Secrétariat particulier du ministre', 'Cellule de communication'),
  { key: 'IGM', kind: 'inspectorate', name: 'Inspection générale du ministère', parent: 'MND' },
  { key: 'SGM', kind: 'general-secretariat', name: 'Secrétariat général du ministère', parent: 'MND' },
  ...services('SGM', 'Secrétariat administratif', 'Cellule juridique', 'Service de la documentation et des archives'),
  {
    key: 'DPAF',
    kind: 'central-directorate',
    name: "Direction de la planification, de l'administration et des finances",
    parent: 'SGM',
  },
  ...services(
    'DPAF',
    'Service du budget et de la comptabilité',
    'Service du matériel et de la logistique',
    'Service des ressources humaines',
    'Service de la planification et du suivi-évaluation',
  ),
  { key: 'DSI', kind: 'central-directorate', name: "Direction des systèmes d'information", parent: 'SGM' },
  ...services(
    'DSI',
    "Service de l'exploitation et des réseaux",
    'Service des études et du développement',
    "Service de l'assistance aux utilisateurs",
    "Service de la sécurité des systèmes d'information",
  ),
  { key: 'DIN', kind: 'technical-directorate', name: 'Direction des infrastructures numériques', parent: 'SGM' },
  ...services('DIN', 'Service des réseaux à haut débit', 'Service de la connectivité des sites isolés'),
  { key: 'DSN', kind: 'technical-directorate', name: 'Direction des services numériques', parent: 'SGM' },
  ...services('DSN', 'Service de la dématérialisation', "Service de l'accompagnement des usagers"),
  { key: 'DEN', kind: 'technical-directorate', name: "Direction de l'économie numérique", parent: 'SGM' },
  ...services('DEN', 'Service de la promotion des entreprises innovantes', 'Service de la formation au numérique'),
  departmental('ALI', "de l'Alibori"),
  departmental('ATA', "de l'Atacora"),
  departmental('ATL', "de l'Atlantique"),
  departmental('BOR', 'du Borgou'),
  departmental('MON', 'du Mono'),
  departmental('OUE', "de l'Ouémé"),
  departmental('ZOU', 'du Zou'),
];

export function structureId(ministryId: string, key: string): string {
  return deterministicId(ministryId, 'structure', key);
}

/** The rows of the tree, parents first. */
export function* structureRows(ministryId: string): Generator<Structure> {
  for (const { key, kind, name, parent, hasAcronym = true } of STRUCTURE_TREE) {
    yield {
      id: structureId(ministryId, key),
      ministryId,
      ...(parent !== undefined && { parentId: structureId(ministryId, parent) }),
      kind,
      name,
      ...(hasAcronym && { acronym: key }),
    };
  }
}
