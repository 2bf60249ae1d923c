// Help is there for every page and for everything a page asks: a page, or a part with something to fill in, that is new here fails.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type HelpPage, help, helpTitles } from '../../../shared/help.ts'

const renderer = join(import.meta.dirname, '../../../renderer')
const sources = ['pages', 'parts'].flatMap((room) =>
  readdirSync(join(renderer, room), { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.tsx'))
    .map((name) => `${room}/${name.replaceAll('\\', '/')}`)
)
const textOf = (source: string): string => readFileSync(join(renderer, source), 'utf8')

test('every page has its help, with a reason for something it asks, and something to practise', () => {
  const calledElse: Readonly<Record<string, HelpPage>> = { SitePack: 'packs', OutOfBand: 'outOfBand' }
  const pages = sources.flatMap((source) => /^pages\/(\w+)Page\.tsx$/.exec(source)?.[1] ?? [])
  const ids = pages.map((name) => calledElse[name] ?? name.toLowerCase())
  expect(ids.sort()).toEqual(Object.keys(help).sort())
  expect(Object.keys(helpTitles).sort()).toEqual(Object.keys(help).sort())
  for (const [page, { about, why, practise }] of Object.entries(help)) {
    for (const words of [about, practise, ...why.flatMap(({ asks, because }) => [asks, because])]) {
      expect(words.trim().length, page).toBeGreaterThan(3)
    }
    expect(why.length, page).toBeGreaterThan(0)
    expect(new Set(why.map(({ asks }) => asks)).size, page).toBe(why.length)
  }
})

/** Elements by which a page asks for something; our own that only wrap one are not sources of questions. */
const asking =
  /<(Checkbox|Combobox|Dropdown|Input|NumberField|Pick|Radio|RadioGroup|SecretInput|Select|SpinButton|Switch|Textarea|input|select|textarea)\b/
const wrappers = [
  'parts/Choice.tsx',
  'parts/NumberField.tsx',
  'parts/SecretInput.tsx',
  'parts/profile/Pick.tsx',
  'parts/packs/PassphraseFields.tsx',
  'parts/SameAgain.tsx'
]

/** Which question of which page's help tells why this is asked. */
const answers: Readonly<Record<string, readonly [HelpPage, string]>> = {
  'pages/AuditPage.tsx': ['audit', 'Whose entries?'],
  'pages/ExplorerPage.tsx': ['explorer', 'Which class?'],
  'pages/MappingPage.tsx': ['mapping', 'How passwords stand in the file'],
  'pages/OutOfBandPage.tsx': ['outOfBand', 'Claim or ignore?'],
  'pages/ProfilePage.tsx': ['profile', 'Collection'],
  'pages/SinglePage.tsx': ['single', 'SMBIOS GUID'],
  'parts/AccountDialog.tsx': ['accounts', 'User name and password'],
  'parts/AuditActions.tsx': ['audit', 'Archive before a day'],
  'parts/CanaryChoice.tsx': ['summary', 'One first, then five, then the rest'],
  'parts/ChangeWindows.tsx': ['schedule', 'Change windows'],
  'parts/Checklist.tsx': ['strategy', 'The checklist'],
  'parts/ExportDialog.tsx': ['confirmation', 'For another manager'],
  'parts/ExportPasswords.tsx': ['confirmation', 'Passphrase of the sheet of passwords'],
  'parts/MappingQuestions.tsx': ['mapping', 'Two columns could be the same field'],
  'parts/MappingTable.tsx': ['mapping', 'Two columns could be the same field'],
  'parts/NewPassword.tsx': ['profile', 'Random password per computer, or one for all?'],
  'parts/PaceDialog.tsx': ['progress', 'How many at once?'],
  'parts/PlanVerdict.tsx': ['schedule', 'Start although it does not fit?'],
  'parts/ScheduleLimits.tsx': ['schedule', 'How long did the export take, and what waits behind it?'],
  'parts/SkipButton.tsx': ['progress', 'Why a reason for leaving a computer out?'],
  'parts/grid/CellEditor.tsx': ['preview', 'Change a cell, find, replace'],
  'parts/grid/FindBar.tsx': ['preview', 'Change a cell, find, replace'],
  'parts/grid/GuidBar.tsx': ['preview', 'Read the GUIDs from the devices?'],
  'parts/hello/CallerTable.tsx': ['outOfBand', 'Claim or ignore?'],
  'parts/hello/ClaimDialog.tsx': ['outOfBand', 'Claim or ignore?'],
  'parts/hello/ListenerCard.tsx': ['outOfBand', 'Address and port'],
  'parts/outOfBand/ProvisioningCertificateCard.tsx': ['outOfBand', 'Provisioning certificate'],
  'parts/outOfBand/PskCard.tsx': ['outOfBand', 'PID and PPS'],
  'parts/outOfBand/UsbKeyDialog.tsx': ['outOfBand', 'USB key'],
  'parts/packs/InstallationCard.tsx': ['packs', 'Its name in packs'],
  'parts/packs/OpenDialog.tsx': ['packs', 'Passphrase, or the key of another installation?'],
  'parts/packs/SaveDialog.tsx': ['packs', 'Passphrase, or the key of another installation?'],
  'parts/profile/CleanUpChoice.tsx': ['profile', 'Take over in place, remove in part, or remove all?'],
  'parts/profile/EapFields.tsx': ['profile', 'Wi-Fi and 802.1X'],
  'parts/profile/KerberosPanel.tsx': ['profile', 'Kerberos: leave it, off, or on'],
  'parts/profile/NetworksPanel.tsx': ['profile', 'Wi-Fi and 802.1X'],
  'parts/profile/Panels.tsx': ['profile', 'What a computer must have'],
  'parts/profile/ProfilePicker.tsx': ['profile', 'Save the profile under a name'],
  'parts/profile/RemotePanel.tsx': ['profile', 'Remote access and environment detection'],
  'parts/profile/SwitchPanels.tsx': ['profile', 'Redirection, web interface, pings and consent'],
  'parts/profile/TlsPanel.tsx': ['profile', 'TLS, mutual TLS and trusted roots'],
  'parts/profile/UserDialog.tsx': ['profile', 'Users and what they may do'],
  'parts/profile/UserList.tsx': ['profile', 'Users and what they may do'],
  'parts/settings/RemoveDialog.tsx': ['settings', 'Remove everything? Type the word.'],
  'parts/settings/UpdatesCard.tsx': ['settings', 'Address of the update server'],
  'parts/source/FindCard.tsx': ['source', 'Which addresses are searched?'],
  'parts/source/ManyFiles.tsx': ['source', 'Which files of a folder?'],
  'parts/source/RecognisedCard.tsx': ['source', 'Separator, encoding, heading, sheet']
}

test('whatever has something to fill in is explained', () => {
  const ask = sources.filter((source) => asking.test(textOf(source)) && !wrappers.includes(source))
  expect(ask.sort()).toEqual(Object.keys(answers).sort())
  for (const [source, [page, asks]] of Object.entries(answers)) {
    expect(
      help[page].why.map((each) => each.asks),
      source
    ).toContain(asks)
  }
})
