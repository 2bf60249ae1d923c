// What each audit entry says, as a sentence.
import { type AuditBody, type AuditKind, auditKinds, type ShownEntry } from '../shared/audit.ts'
import { stepTitles } from '../shared/steps.ts'
import { counted, dateTime } from './words.ts'

/** A moment of an entry as people say it; what is no moment stays as it is. */
const momentOf = (iso: string): string => (Number.isNaN(Date.parse(iso)) ? iso : dateTime(Date.parse(iso)))

type Sentences = { readonly [K in AuditKind]: (body: AuditBody<K>) => string }

const sentences: Sentences = {
  'store opened': ({ version }) => `The wizard was opened, version ${version}.`,
  'store recovered': ({ words }) => `The data was damaged and was recovered. ${words}`,
  'import started': ({ computers, source, practice, collection, schedule = '' }) =>
    `Import of ${counted(computers, 'computer')} from ${source} started${practice ? ' on the practice fleet' : ''}${collection === '' ? '' : `, for the collection ${collection}`}. ${schedule}`.trim(),
  'started anyway': ({ computers }) =>
    `Start now anyway: ${counted(computers, 'waiting computer')} no longer held back by the plan.`,
  'import paused': () => 'The import was paused.',
  'import resumed': () => 'The import was resumed.',
  'import stopped': () => 'The import was stopped.',
  'import finished': ({ done, person, stopped }) =>
    `The import finished: ${done} done, ${person} in need of a person, ${stopped} stopped.`,
  'import held': ({ cause, failed, ended }) =>
    `The import paused by itself: ${failed} of ${counted(ended, 'computer')} failed for the same reason (${cause}).`,
  'pace changed': ({ words }) => `The pace of the import was changed. ${words}`.trim(),
  'canary ended': () => 'The rest of the list was released, without waiting for the first few.',
  'retry asked': ({ jobs, cause }) =>
    `Retrying ${counted(jobs, 'computer')} was asked for${cause === undefined ? '' : `, all with the reason ${cause}`}.`,
  'skip asked': ({ jobs, reason }) => `${counted(jobs, 'computer')} set aside${reason === '' ? '' : `: ${reason}`}.`,
  'armed asleep': ({ until }) => `It does not answer; it is looked for until ${momentOf(until)}.`,
  'computer answered': () => 'It answers again; its work goes on.',
  'watch begun': ({ until }) => `It is looked at again until ${momentOf(until)}.`,
  'watch ended': ({ looks, outcome }) => `It was looked at ${counted(looks, 'time')} after it was done: ${outcome}.`,
  'taken back': ({ differences }) => `A later look found it changed: ${differences}.`,
  'secrets released': ({ count }) => `${counted(count, 'former password')} removed from the keychain.`,
  'attempt begun': ({ attempt }) => `Attempt ${attempt} began.`,
  'attempt interrupted': ({ step }) =>
    `The attempt was interrupted${step === null ? '' : ` at “${stepTitles[step]}”`}.`,
  'login tried': ({ account, fitted, tries }) =>
    fitted ? `The login with ${account} fitted.` : `The login with ${account} was refused (${tries} in a row by now).`,
  'certificate trusted': ({ fingerprint, endpoint }) =>
    `The certificate of ${endpoint} was trusted, fingerprint ${fingerprint}.`,
  'authority made': ({ fingerprint }) =>
    `The wizard’s own certificate authority was made, fingerprint ${fingerprint}; its key is in the keychain.`,
  'certificate issued': ({ fingerprint, name }) =>
    `A certificate for ${name} goes to the device, fingerprint ${fingerprint}.`,
  'certificate brought in': ({ issuer }) => `A certificate signed by ${issuer} was brought in.`,
  'provisioning certificate kept': ({ name }) => `The provisioning certificate of ${name} was imported.`,
  'provisioning certificate forgotten': () => 'A provisioning certificate was removed from the keychain.',
  'pairs kept': ({ count, source }) => `${counted(count, 'pair')} of PID and PPS kept (${source}).`,
  'pairs printed': ({ count }) => `${counted(count, 'pair')} of PID and PPS written out by a person’s choice.`,
  'usb key made': ({ version, computers }) =>
    `A USB key (format ${version}) was made for ${computers === null ? 'any number of computers' : counted(computers, 'computer')}, with its passwords in clear.`,
  'usb key forgotten': ({ version }) => `A USB key (format ${version}) was forgotten here.`,
  'one-time password compared': ({ fits }) =>
    `The one-time password of the row ${fits ? 'is' : 'is not'} the one that the device has.`,
  'hello answered': ({ address }) => `Its hello came from ${address}, so the work on it begins.`,
  'set-up chosen': ({ why }) => `It is set up from nothing: ${why}`,
  'certificate released': ({ fingerprint }) =>
    `The certificate with the fingerprint ${fingerprint} is no longer expected; the next one is trusted anew.`,
  'installation key made': ({ fingerprint }) =>
    `The key by which this installation signs was made: ${fingerprint}; its private half is in the keychain.`,
  'installation key replaced': ({ fingerprint, before }) =>
    `The keychain no longer had the key of this installation (${before}); a new one was made: ${fingerprint}.`,
  'old TLS allowed': ({ floor }) => `TLS ${floor} was allowed for this computer.`,
  'more places allowed': ({ room }) => `More certificates than are believed to fit shall be tried: ${room}.`,
  'device looked into': ({ what }) => `Read from the device: ${what}.`,
  'computers checked': ({ source, checked, ready }) =>
    `${counted(checked, 'computer')} from ${source} checked without changing anything; ${ready} ready.`,
  'undo asked': ({ changes }) => `Putting back ${counted(changes, 'change')} was asked for.`,
  'undo ended': ({ verdict, problem }) => `Putting back ended: ${verdict}${problem === null ? '' : `, ${problem}`}.`,
  'profile saved': ({ name, version }) => `The profile ${name} was saved, version ${version}.`,
  'profile deleted': ({ name, version }) => `The profile ${name} was deleted; it was at version ${version}.`,
  'account added': ({ account }) =>
    `The account ${account} was added to the candidates; its password is in the keychain.`,
  'identity confirmed': ({ guid, byteOrder }) => `The device is the computer of the row: ${guid} (${byteOrder}).`,
  'change intended': ({ step, what }) => `About to change (${stepTitles[step]}): ${what}.`,
  'change made': ({ step, what }) => `Changed (${stepTitles[step]}): ${what}.`,
  'secret kept': ({ slot }) => `A password was kept in the keychain as ${slot}.`,
  'secret promoted': ({ slot, former }) =>
    `The password kept as ${slot} is now the one in use${former === null ? '' : `; before it was ${former}`}.`,
  'attempt ended': ({ verdict, problem, detail }) =>
    `The attempt ended: ${verdict}${problem === null ? '' : `, ${problem}`}${detail === '' ? '' : ` (${detail})`}.`,
  'checklist ticked': ({ what, done }) => `${done ? 'Ticked on the checklist' : 'Tick taken back'}: ${what}`,
  'automatic provisioning allowed': ({ computers, names }) =>
    `Automatic in-band provisioning was allowed again for ${counted(computers, 'computer')} (${names}); in Configuration Manager it is enabled on each by right-click.`,
  'network searched': ({ ranges, asked, found }) =>
    `The network was searched (${ranges}): ${counted(asked, 'address', 'addresses')} asked, AMT found at ${found}.`,
  'guids read': ({ account, asked, read }) =>
    `The account ${account} was used once at ${counted(asked, 'device')} to read the GUID; ${read} told it.`,
  'list exported': ({ to, computers, complete }) =>
    `${counted(computers, 'computer')} exported for ${to}, ${complete ? 'with' : 'without'} passwords.`,
  'export result read': ({ created, exists, failed }) =>
    `The other manager’s result was read: ${created} created, ${exists} there already, ${failed} failed.`,
  'audit exported': ({ from, to }) => `Entries ${from} to ${to} of this log were exported, signed.`,
  'audit archived': ({ from, to, file }) =>
    `Entries ${from} to ${to} were moved to the archive ${file}; the chain goes on from there.`,
  'secrets exported': ({ count, reason }) =>
    `${counted(count, 'password')} left the keychain in an encrypted file${reason === '' ? '' : ` (${reason})`}.`,
  'support bundle saved': () => 'A support bundle was saved.',
  'report saved': ({ kind }) => `A file was saved: ${kind === 'failedRows' ? 'failed rows' : kind}.`,
  'pack keys made': ({ fingerprint }) =>
    `The keys by which site packs of this installation are signed and locked were made, fingerprint ${fingerprint}.`,
  'pack written': ({ kind, computers, sealed, lock }) =>
    `A ${kind} pack with ${counted(computers, 'computer')} and ${counted(sealed, 'secret')} was saved, locked by ${lock}.`,
  'site pack opened': ({ signer, drafts, already }) =>
    `A site pack signed by ${signer} was opened: ${counted(drafts, 'draft')} taken in, ${already} already here.`,
  'return pack merged': ({ signer, results, conflicts, head }) =>
    `A return pack signed by ${signer} was taken in: ${counted(results, 'result')}, ${counted(conflicts, 'conflict')} open; its audit log ended with ${head}.`,
  'result taken in': ({ from, state }) => `The result of ${from} was taken over: ${state}.`,
  'results differ': ({ from }) => `The results of ${from} differ; a person has to choose.`,
  'result chosen': ({ from }) => `The result of ${from} was chosen.`,
  'clean list saved': ({ source }) => `A copy of ${source} without its passwords was saved.`,
  'updates turned on': ({ address }) => `Updates may be looked for at ${address} from now on.`,
  'updates turned off': () => 'Updates were turned off: no server is asked any more.',
  'update accepted': ({ version, from, sha512 }) =>
    `The update to version ${version} from ${from} was proved: signed by the publisher, SHA-512 ${sha512}.`,
  'hello listener started': ({ address, port, practice }) =>
    `Listening for hello messages began on port ${port} of ${address === '' ? 'all addresses' : address}${practice ? ', for practice' : ''}.`,
  'hello listener stopped': ({ port, hellos }) =>
    `Listening for hello messages on port ${port} ended after ${counted(hellos, 'message')}.`,
  'callers claimed': ({ computers }) => `${counted(computers, 'computer')} that called went into a draft.`,
  'callers ignored': ({ computers, ignored }) =>
    `${counted(computers, 'caller')} ${ignored ? 'ignored from now on' : 'no longer ignored'}.`
}

function said<K extends AuditKind>(kind: K, body: unknown): string {
  const read = auditKinds[kind].safeParse(body)
  return read.success ? sentences[kind](read.data as AuditBody<K>) : plain(kind)
}

/** An entry of a newer version may carry other facts, or be of another kind: then its kind is all that can be said. */
const plain = (kind: string): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}.`

const isKind = (kind: string): kind is AuditKind => Object.hasOwn(auditKinds, kind)

/** The entry as a sentence. */
export const auditSentence = ({ kind, body }: Pick<ShownEntry, 'kind' | 'body'>): string =>
  (isKind(kind) ? said(kind, body) : plain(kind)).replace(/\.\.$/, '.')
