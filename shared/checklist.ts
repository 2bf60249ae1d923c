// What people have to do around the wizard on each route, as a list to tick: in which order, why, and whose work it is.
import { z } from 'zod'
import type { Answers, Route, RouteCounts } from './strategy.ts'

export const phases = ['prepare', 'remove', 'import', 'finish'] as const
export type Phase = (typeof phases)[number]
export const phaseTitles: Readonly<Record<Phase, string>> = {
  prepare: 'Prepare',
  remove: 'In the old solution',
  import: 'Into Configuration Manager',
  finish: 'Verify and finish'
}

/** Who is asked ("Determine Administrator Roles for Out of Band Management"). */
const people = {
  technician: 'Field technician',
  old: 'Administrator of the old solution',
  manager: 'Configuration Manager administrator',
  directory: 'Active Directory administrator',
  certificates: 'PKI administrator',
  names: 'DNS and DHCP administrator',
  security: 'Security and auditors'
} as const

export interface ChecklistItem {
  /** Never changes: ticks are kept under it. */
  readonly id: string
  readonly phase: Phase
  readonly routes: readonly Route[]
  readonly text: string
  readonly why: string
  readonly who: string
  /** Where it comes from; "concluded" where no document says it outright. */
  readonly source: string
  /** Absent = whatever the answers. */
  readonly when?: (answers: Answers) => boolean
}

const all: readonly Route[] = ['in-band', 'with-export', 'without-export']
const outOfBand: readonly Route[] = ['with-export', 'without-export']
const byHand: readonly Route[] = ['in-band', 'without-export']
const mayBeOlder = ({ native }: Answers): boolean => native !== 'all'
const together = (...names: readonly string[]): string => names.join(', ')

/** Every item, in the order in which it is done. */
export const checklist: readonly ChecklistItem[] = [
  {
    id: 'infrastructure',
    phase: 'prepare',
    routes: all,
    text: 'The Active Directory container, the out of band service point and its provisioning certificate are in place.',
    why: 'Without them no computer is provisioned, whatever is imported.',
    who: together(people.manager, people.directory, people.certificates),
    source: 'How to Provision Computers for AMT'
  },
  {
    id: 'allow-out-of-band',
    phase: 'prepare',
    routes: outOfBand,
    text: 'On SP2: “Allow out of band provisioning” is ticked in the Out of Band Management Properties, General tab.',
    why: 'SP2 does not allow it by itself, because an out of band computer has proved nothing before it is trusted.',
    who: together(people.manager, people.security),
    source: 'Out of Band Management Properties: General Tab'
  },
  {
    id: 'translator',
    phase: 'prepare',
    routes: outOfBand,
    text: 'The Intel WS-MAN translator is installed on the out of band service point and tried out.',
    why: 'AMT versions before 3.2.1 are reached only through it.',
    who: people.manager,
    source: 'Prerequisites for Out of Band Management',
    when: mayBeOlder
  },
  {
    id: 'no-pki',
    phase: 'prepare',
    routes: outOfBand,
    text: 'Computers with AMT 2.0, 2.1 or 2.5 have a PID and PPS, firmware 2.2 or 2.6, or somebody who goes to their MEBx.',
    why: 'These versions do not know remote configuration (PKI).',
    who: people.technician,
    source: 'Altiris troubleshooting guide, part 1',
    when: mayBeOlder
  },
  {
    id: 'client',
    phase: 'prepare',
    routes: ['in-band'],
    text: 'The Configuration Manager 2007 SP1 (or later) client and Intel’s HECI driver are installed on the computers.',
    why: 'In-band, the client itself opens the AMT interface.',
    who: people.manager,
    source: 'Prerequisites for Out of Band Management'
  },
  {
    id: 'dns-suffix',
    phase: 'prepare',
    routes: ['in-band'],
    text: 'DHCP gives the DNS suffix (option 15), and it fits the provisioning certificate.',
    why: 'AMT compares the suffix with the certificate: from 3.2.1 on the last two labels, before that it may be all of it.',
    who: together(people.names, people.certificates),
    source: 'Requirements for In-Band AMT Provisioning and DHCP'
  },
  {
    id: 'no-system',
    phase: 'prepare',
    routes: outOfBand,
    text: 'Computers without an operating system have a DHCP reservation and a DNS host record under the name in the list.',
    why: 'Only so they can be managed before one is installed. Nothing to do for all others.',
    who: people.names,
    source: 'How to Provision Computers for AMT'
  },
  {
    id: 'limit',
    phase: 'prepare',
    routes: ['with-export'],
    text: 'The export utility’s time limit is looked up in its documentation, and the batches are planned by it.',
    why: 'Between export and import there may be a limit; what is not provisioned within it has to be exported again.',
    who: people.old,
    source: 'Decide How to Migrate from an AMT-Based Management Solution'
  },
  {
    id: 'account',
    phase: 'prepare',
    routes: all,
    text: 'The AMT remote admin password of the old solution is in the list, or added as a Provisioning and Discovery Account.',
    why: 'After a partial removal it stays, and without it the computer is only Detected. The same holds where the MEBx password is not “admin”.',
    who: together(people.manager, people.old),
    source: 'Determine Whether to Configure an AMT Provisioning and Discovery Account',
    when: ({ partial }) => partial !== 'no'
  },
  {
    id: 'export-removes',
    phase: 'remove',
    routes: ['with-export'],
    text: 'It is known whether the export utility removes the provisioning itself; if it does not, that is done right after the export.',
    why: 'A computer that is still provisioned elsewhere cannot be provisioned by Configuration Manager.',
    who: people.old,
    source: 'Concluded; the utility’s own documentation decides'
  },
  {
    id: 'export',
    phase: 'remove',
    routes: ['with-export'],
    text: 'The export utility has written the file, batch by batch, while there is plenty of bandwidth.',
    why: 'It gives all computer information by itself, and starts the time limit.',
    who: people.old,
    source: 'Decide How to Migrate from an AMT-Based Management Solution'
  },
  {
    id: 'remove',
    phase: 'remove',
    routes: byHand,
    text: 'The provisioning is removed in the old solution: fully, or partially.',
    why: 'Full takes configuration and identity: names, accounts, certificates, own hashes, DNS suffix (kept from AMT 12 on), PID and PPS; the MEBx password stays. Partial keeps the remote admin account with its password, names, server address and own hashes.',
    who: people.old,
    source: 'How to Remove Provisioning Information; Restoring Intel AMT to Factory Mode'
  },
  {
    id: 'audit-lock',
    phase: 'remove',
    routes: all,
    text: 'Where a removal was refused, the auditor has exported and unlocked the AMT audit log.',
    why: 'Before AMT 12 an audit lock can keep a computer from being unprovisioned.',
    who: people.security,
    source: 'Unconfigure an Intel AMT Device'
  },
  {
    id: 'hold-back',
    phase: 'remove',
    routes: all,
    text: 'The old solution no longer provisions them: its automatic provisioning is off, or it has forgotten them.',
    why: 'Otherwise it may answer their hello first and take them back.',
    who: people.old,
    source: 'Concluded from How to Remove Provisioning Information'
  },
  {
    id: 'information',
    phase: 'import',
    routes: ['without-export'],
    text: 'Name, FQDN and SMBIOS GUID (UUID) of every computer are at hand, in an own file or to be typed in.',
    why: 'A hello whose GUID was not imported is discarded without a word.',
    who: people.technician,
    source: 'Decide How to Migrate from an AMT-Based Management Solution'
  },
  {
    id: 'import',
    phase: 'import',
    routes: outOfBand,
    text: 'The list is imported into Configuration Manager, at once after the removal.',
    why: 'The import contacts no computer; the service point answers their hello, and after a removal the window is 6 hours, on some HP computers 0.',
    who: people.manager,
    source: 'Import Computer for Out of Band Management Wizard; Altiris OOB Component manual'
  },
  {
    id: 'hello',
    phase: 'import',
    routes: outOfBand,
    text: 'Where the window is over, the hello is restarted: off mains power for a moment, a local agent or Intel’s RCT tool, or a partial unprovision in the MEBx.',
    why: 'A closed interface is not heard, and Configuration Manager then says Not Supported as if there were no AMT.',
    who: people.technician,
    source: 'About the AMT Status; Using Intel’s RCT Tool'
  },
  {
    id: 'collection',
    phase: 'import',
    routes: ['in-band'],
    text: '“Enable Automatic Out of Band Management Controller Provisioning” is set on a collection of these computers.',
    why: 'The client provisions only where its collection says so.',
    who: people.manager,
    source: 'How to Remove Provisioning Information'
  },
  {
    id: 'verify',
    phase: 'finish',
    routes: all,
    text: 'The AMT status of the computers in Configuration Manager is Provisioned.',
    why: 'Detected means that the password is not known; Not Supported no AMT, or a window that is over; Unknown that it has not been heard yet.',
    who: people.manager,
    source: 'About the AMT Status'
  },
  {
    id: 'enable-automatic',
    phase: 'finish',
    routes: ['with-export'],
    text: 'It is decided for which computers automatic provisioning is enabled again: right-click, Out of band management, Enable automatic provisioning.',
    why: 'Importing an exported file prevents automatic in-band provisioning, even with the client installed.',
    who: people.manager,
    source: 'Decide How to Migrate from an AMT-Based Management Solution'
  },
  {
    id: 'clear-old',
    phase: 'finish',
    routes: all,
    text: 'What the old solution left behind is cleared: its certificates, directory objects, service principal names and accounts.',
    why: 'Configuration Manager revokes and deletes its own when it removes a provisioning. Whether the old solution does, its documentation says.',
    who: together(people.old, people.directory, people.certificates),
    source: 'Concluded from How to Remove Provisioning Information'
  },
  {
    id: 'destroy-file',
    phase: 'finish',
    routes: outOfBand,
    text: 'Every copy of a list with passwords is destroyed.',
    why: 'Base64 is an encoding, not a protection: whoever has the file has the passwords.',
    who: together(people.technician, people.security),
    source: 'Concluded from the format of the file'
  }
]

/** A tick of the draft: when. The import adds who. */
export const tickSchema = z.object({ at: z.number(), by: z.string().optional() })
export type Tick = z.infer<typeof tickSchema>
/** Ticks by item id. */
export const ticksSchema = z.record(z.string().max(40), tickSchema)
export type Ticks = z.infer<typeof ticksSchema>

/** Routes whose checklist matters: the one advised for all, and those that some computer takes. */
export const routesInPlay = (advised: Route | null, counts: RouteCounts): readonly Route[] =>
  all.filter((route) => route === advised || counts[route] > 0)

/** The items for these routes under these answers, in order; none while no route is known. */
export const checklistFor = (routes: readonly Route[], answers: Answers): readonly ChecklistItem[] =>
  checklist.filter((item) => item.routes.some((route) => routes.includes(route)) && (item.when?.(answers) ?? true))

export const isItem = (id: string): boolean => checklist.some((item) => item.id === id)

/** The ticks with one set or taken back. */
export function ticked(ticks: Ticks, item: string, tick: Tick | null): Ticks {
  const { [item]: _, ...others } = ticks
  return tick === null ? others : { ...others, [item]: tick }
}
