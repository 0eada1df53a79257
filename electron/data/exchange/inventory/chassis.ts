import { readSections, readText, type Section } from './section.ts';

/** SMBIOS chassis types in the words of the agents, folded to letters only → equipment type. */
const TYPES: Readonly<Record<string, string>> = {
  laptop: 'PCP',
  notebook: 'PCP',
  portable: 'PCP',
  subnotebook: 'PCP',
  convertible: 'PCP',
  detachable: 'PCP',
  docking: 'PCP',
  tablet: 'TAB',
  handheld: 'MOB',
  desktop: 'PCF',
  lowprofiledesktop: 'PCF',
  pizzabox: 'PCF',
  minitower: 'PCF',
  tower: 'PCF',
  minipc: 'PCF',
  stickpc: 'PCF',
  spacesaving: 'PCF',
  lunchbox: 'PCF',
  allinone: 'PCF',
  sealedcasepc: 'PCF',
  embeddedpc: 'PCF',
  rackmountchassis: 'SRV',
  mainserverchassis: 'SRV',
  mainsystemchassis: 'SRV',
  blade: 'SRV',
  bladeenclosure: 'SRV',
  multisystem: 'SRV',
  raidchassis: 'BAI',
  expansionchassis: 'BAI',
  iotgateway: 'AUT',
};

/** Model lines whose name says more than their case: a tower may be a server or a workstation. */
const SERVERS = /poweredge|proliant|thinksystem|system x\d|primergy|\bucs[ac-]|superserver/i;
const WORKSTATIONS = /precision (tower |rack )?\d|\bz[12468]\d{0,2} |thinkstation|celsius|mac ?pro/i;
const LAPTOPS = /macbook|thinkpad|latitude|probook|elitebook|zbook|ideapad|vivobook/i;

export type TypeGuess = { readonly typeCode?: string; readonly isGuessed: boolean };

/** The equipment type of a computer from its case, its model and, when both are silent, its battery. */
export function findComputerType(
  content: Section,
  hardware: Section,
  model: string | undefined,
  itemType: string | undefined,
): TypeGuess {
  if (itemType === 'Phone') return { typeCode: 'MOB', isGuessed: false };
  const chassis = readText(hardware, 'chassis_type');
  const byChassis = TYPES[chassis?.toLowerCase().replace(/[^a-z]/g, '') ?? ''];
  const name = model ?? '';
  if (LAPTOPS.test(name)) return { typeCode: byChassis === 'TAB' ? 'TAB' : 'PCP', isGuessed: false };
  if (SERVERS.test(name)) return { typeCode: 'SRV', isGuessed: false };
  if (WORKSTATIONS.test(`${name} `) && byChassis !== 'PCP') return { typeCode: 'STA', isGuessed: false };
  if (byChassis) return { typeCode: byChassis, isGuessed: false };
  if (/imac|mac ?mini|mac ?studio/i.test(name)) return { typeCode: 'PCF', isGuessed: false };
  if (readSections(content, 'batteries').length > 0) return { typeCode: 'PCP', isGuessed: true };
  return { isGuessed: true };
}

const VIRTUAL_MODELS =
  /virtualbox|vmware|virtual machine|virtual platform|\bkvm\b|qemu|bochs|hvm domu|standard pc \(|openstack|google compute|amazon ec2|parallels/i;
const VIRTUAL_MAKERS = /^(qemu|xen|innotek|vmware|parallels|red ?hat|amazon ec2|google|nutanix|ovirt)\b/i;
const PHYSICAL = /^(physical|none|no|bare ?metal)?$/i;

/** A virtual machine is no piece of equipment: it has no place, no holder, and its serial is made up. */
export function isVirtual(hardware: Section, bios: Section): boolean {
  const system = readText(hardware, 'vmsystem') ?? '';
  if (!PHYSICAL.test(system)) return true;
  return (
    VIRTUAL_MODELS.test(readText(bios, 'smodel') ?? '') || VIRTUAL_MAKERS.test(readText(bios, 'smanufacturer') ?? '')
  );
}
