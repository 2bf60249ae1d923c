// Lists and scripts for another manager: which there are, what a person chooses for each, and what is only believed of them.
import { z } from 'zod'

export const exportTargets = ['configmgr', 'powershell', 'automatic', 'dmt', 'meshcentral'] as const
export type ExportTarget = (typeof exportTargets)[number]

interface TargetWords {
  readonly title: string
  readonly hint: string
  /** Whether passwords can be in it, if a person wants that. */
  readonly passwords: boolean
  /** How sure what is written is: in words, because it was tried with no such manager. */
  readonly believed: string
  readonly extension: 'csv' | 'ps1' | 'json'
}

export const targetWords: Readonly<Record<ExportTarget, TargetWords>> = {
  configmgr: {
    title: 'Configuration Manager: list to import',
    hint: 'The six columns that its Import Computer for Out of Band Management Wizard takes.',
    passwords: true,
    believed:
      'Order and Base64 are documented. Which encoding the file and the text under the Base64 have is not: try one computer first.',
    extension: 'csv'
  },
  powershell: {
    title: 'Configuration Manager: script to import',
    hint: 'A PowerShell script that calls ImportMachineEntry for each computer and writes down what became of it. No password is in it.',
    passwords: false,
    believed:
      'Written from the documents of the method, not run against a site. Run it with -WhatIf first. From version 1606 on out of band management is gone; the script looks, warns and stops.',
    extension: 'ps1'
  },
  automatic: {
    title: 'Configuration Manager: script to enable automatic provisioning',
    hint: 'Takes back the suppression that an exported list brings with it (operation 1024), and does nothing else.',
    passwords: false,
    believed: 'Written from the documents of the method, not run against a site. Run it with -WhatIf first.',
    extension: 'ps1'
  },
  dmt: {
    title: 'Device Management Toolkit Console: devices',
    hint: 'A JSON array; each entry is the body of one POST to /api/v1/devices.',
    passwords: true,
    believed:
      'The fields are those of the Console’s own code; the Console has no import of lists, so each entry has to be posted. Not tried with a Console.',
    extension: 'json'
  },
  meshcentral: {
    title: 'MeshCentral: devices',
    hint: 'The list of MeshCommander in JSON, which an Intel AMT only group of MeshCentral imports.',
    passwords: true,
    believed:
      'The form is that of MeshCommander; not tried with MeshCentral. Importing the same list twice is known to make duplicates there.',
    extension: 'json'
  }
}

export const exportChoiceSchema = z.object({
  to: z.enum(exportTargets),
  /** Computers that are done, or every one of the import. */
  which: z.enum(['done', 'all']),
  /** Only after a warning; on record. */
  passwords: z.boolean(),
  encoding: z.enum(['UTF-8', 'UTF-8 with mark', 'UTF-16 LE']),
  /** The text under the Base64. */
  passwordText: z.enum(['UTF-8', 'UTF-16 LE']),
  /** '' = the script asks for it. */
  siteServer: z.string().regex(/^[A-Za-z0-9.-]{0,255}$/),
  siteCode: z.string().regex(/^(?:[A-Za-z0-9]{3})?$/),
  /** Name of the collection they join; '' = none. */
  collection: z.string().max(255)
})
export type ExportChoice = z.infer<typeof exportChoiceSchema>

/** The choice that is right for most. */
export const usualChoice = (to: ExportTarget, collection: string): ExportChoice => ({
  to,
  which: 'done',
  passwords: false,
  encoding: 'UTF-8',
  passwordText: 'UTF-8',
  siteServer: '',
  siteCode: '',
  collection
})

export const exportOutcomes = ['created', 'exists', 'failed'] as const

/** What became of one computer in the other manager, as its script wrote it down. */
export const exportResultSchema = z.object({
  name: z.string(),
  guid: z.string(),
  outcome: z.enum(exportOutcomes),
  resourceId: z.string(),
  detail: z.string(),
  /** When the file was read, in milliseconds since 1970. */
  at: z.number()
})
export type ExportResult = z.infer<typeof exportResultSchema>
