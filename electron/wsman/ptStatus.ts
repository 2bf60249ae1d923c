// PT_STATUS, the return values of AMT's methods: names as firmware documents use them, with a remedy each.
import { fail, type Problem, type ProblemCode } from '../../shared/problem.ts'

/** What one return value means. */
export interface Status {
  readonly name: string
  readonly meaning: string
  readonly remedy: string
  readonly problem: ProblemCode
}

/** Return values of one family of methods. IPS_HostBasedSetupService has its own tables and never uses this one. */
export type StatusTable = Readonly<Record<number, Status>>

/** A value that waiting does not change. */
export const refused = (name: string, meaning: string, remedy: string): Status => ({
  name,
  meaning,
  remedy,
  problem: 'amt-refused'
})
/** A value that waiting may change. */
export const busy = (name: string, meaning: string, remedy: string): Status => ({
  name,
  meaning,
  remedy,
  problem: 'amt-busy'
})

/** The same trouble as the fault InternalError, so the same Problem. */
export const internalError: Status = {
  name: 'INTERNAL_ERROR',
  meaning: 'The firmware had an internal error.',
  remedy: 'Wait fifteen seconds and retry, at most three times.',
  problem: 'device-internal'
}

/** What the request names is not there, like the fault InvalidSelectors. */
const missing = (name: string, meaning: string): Status => ({
  name,
  meaning,
  remedy: 'Read the list again.',
  problem: 'instance-missing'
})

const waitALittle = 'Wait fifteen seconds and retry, at most three times.'
const storageOnly = 'This belongs to the storage interface, which the wizard does not use. Send the detail to support.'
const checkValue = 'Correct the value and retry.'
const reread = 'Read the setup state of the device again, then go on from there.'
const makeRoom = 'Remove entries that are no longer used, then retry.'

/** Source: PT_STATUS of the AMT SDK. 1 to 1024 are the oldest, 2049 on came later. */
export const ptStatus: StatusTable = {
  1: internalError,
  2: busy('NOT_READY', 'The firmware is still starting.', waitALittle),
  3: refused('INVALID_PT_MODE', 'The request does not fit the setup state of the device.', reread),
  9: refused('INVALID_REGISTRATION_DATA', 'The registration data is not valid.', storageOnly),
  10: refused('APPLICATION_DOES_NOT_EXIST', 'The application is not registered.', storageOnly),
  11: refused('NOT_ENOUGH_STORAGE', 'The firmware has no room left.', makeRoom),
  12: refused('INVALID_NAME', 'A name has characters or a length AMT does not take.', checkValue),
  13: refused('BLOCK_DOES_NOT_EXIST', 'The storage block does not exist.', storageOnly),
  14: refused('INVALID_BYTE_OFFSET', 'The storage offset is not valid.', storageOnly),
  15: refused('INVALID_BYTE_COUNT', 'The storage length is not valid.', storageOnly),
  16: refused(
    'NOT_PERMITTED',
    'The account, the MEBx settings or client control mode do not allow this.',
    'Use the Remote Admin Account, and check the control mode and the MEBx settings.'
  ),
  17: refused('NOT_OWNER', 'The storage block belongs to another application.', storageOnly),
  18: refused('BLOCK_LOCKED_BY_OTHER', 'The storage block is locked.', storageOnly),
  19: refused('BLOCK_NOT_LOCKED', 'The storage block is not locked.', storageOnly),
  20: refused('INVALID_GROUP_PERMISSIONS', 'The group permissions are not valid.', storageOnly),
  21: refused('GROUP_DOES_NOT_EXIST', 'The group does not exist.', storageOnly),
  22: refused('INVALID_MEMBER_COUNT', 'The group has too many members.', storageOnly),
  23: refused('MAX_LIMIT_REACHED', 'The table of accounts, certificates or keys is full.', makeRoom),
  24: refused('INVALID_AUTH_TYPE', 'The kind of login is not valid.', checkValue),
  25: refused(
    'AUTHENTICATION_FAILED',
    'The login inside the request was refused.',
    'Check the password in the request.'
  ),
  26: refused('INVALID_DHCP_MODE', 'The DHCP setting is not valid.', checkValue),
  27: refused('INVALID_IP_ADDRESS', 'The IP address is not valid.', checkValue),
  28: refused('INVALID_DOMAIN_NAME', 'The domain name is not valid.', checkValue),
  29: refused('UNSUPPORTED_VERSION', 'The version in the request is not supported.', 'Update the firmware.'),
  30: refused('REQUEST_UNEXPECTED', 'The request came in the wrong order.', reread),
  31: refused('INVALID_TABLE_TYPE', 'The table type is not valid.', checkValue),
  32: refused('INVALID_PROVISIONING_STATE', 'The setup state does not allow this.', reread),
  33: refused('UNSUPPORTED_OBJECT', 'The object is not supported.', 'Leave this setting out for this model.'),
  34: busy(
    'INVALID_TIME',
    'The time that was read before is too old.',
    'Read the clock of the device again and retry.'
  ),
  35: refused('INVALID_INDEX', 'The index is past the end.', 'Read the list again.'),
  36: refused('INVALID_PARAMETER', 'A value in the request is not valid.', checkValue),
  37: refused('INVALID_NETMASK', 'The network mask is not valid.', checkValue),
  38: busy(
    'FLASH_WRITE_LIMIT_EXCEEDED',
    'The firmware was written to too often in a short time.',
    'Wait some hours, or reset the flash wear-out protection.'
  ),
  46: busy('CONNECTION_TOO_MANY', 'Too many connections to the device are open.', 'Close other consoles and retry.'),
  47: busy('RNG_GENERATION_IN_PROGRESS', 'The firmware is still gathering random numbers.', waitALittle),
  48: busy('RNG_NOT_READY', 'The firmware has no random numbers yet.', waitALittle),
  49: busy('CERTIFICATE_NOT_READY', 'The certificate is not ready yet.', waitALittle),
  1024: refused('DISABLED_BY_POLICY', 'A policy of the device forbids this.', 'Check the MEBx settings.'),
  2049: refused('UNSUPPORTED_OEM_NUMBER', 'The manufacturer number is not supported.', checkValue),
  2050: refused('UNSUPPORTED_BOOT_OPTION', 'The boot option is not supported.', checkValue),
  2051: refused('INVALID_COMMAND', 'The command is not valid.', checkValue),
  2052: refused('INVALID_SPECIAL_COMMAND', 'The special command is not valid.', checkValue),
  2053: missing('INVALID_HANDLE', 'The handle is not valid.'),
  2054: refused(
    'INVALID_PASSWORD',
    'The password does not meet the rules of AMT.',
    'Choose 8 to 32 characters with upper case, lower case, digit and special character, without : , and ".'
  ),
  2055: refused('INVALID_REALM', 'A realm is not known to this AMT version.', 'Leave that realm out for this version.'),
  2056: refused('STORAGE_ACL_ENTRY_IN_USE', 'The account is in use by the storage interface.', storageOnly),
  2057: refused(
    'DATA_MISSING',
    'Something AMT needs is not set yet: MEBx password, TLS certificate, or host name with DHCP.',
    'Set what is missing, then commit again.'
  ),
  2058: {
    name: 'DUPLICATE',
    meaning: 'The certificate, account or profile is already there.',
    remedy: 'Read the list again: there may be nothing left to do.',
    problem: 'already-exists'
  },
  2059: refused('EVENTLOG_FROZEN', 'The event log is frozen.', 'Unfreeze the event log, then retry.'),
  2060: busy('PKI_MISSING_KEYS', 'The firmware has no keys yet.', waitALittle),
  2061: busy(
    'PKI_GENERATING_KEYS',
    'The firmware is still making keys.',
    'Ask again every ten seconds, up to 20 times.'
  ),
  2062: refused('INVALID_KEY', 'The key is not valid.', checkValue),
  2063: refused('INVALID_CERT', 'The certificate is not valid.', checkValue),
  2064: refused(
    'CERT_KEY_NOT_MATCH',
    'Certificate and key do not belong together.',
    'Use the key the certificate was made for.'
  ),
  2065: refused('MAX_KERB_DOMAIN_REACHED', 'No more Kerberos domains fit.', makeRoom),
  2066: refused(
    'UNSUPPORTED',
    'This firmware does not support the request.',
    'Leave this setting out for this version.'
  ),
  2067: refused('INVALID_PRIORITY', 'The priority is taken or not valid.', checkValue),
  2068: missing('NOT_FOUND', 'What the request names is not there.'),
  2069: refused('INVALID_CREDENTIALS', 'The 802.1X login data is not valid.', checkValue),
  2070: refused('INVALID_PASSPHRASE', 'The Wi-Fi passphrase is not valid.', 'Choose 8 to 63 characters.'),
  2072: refused('NO_ASSOCIATION', 'The two things named are not linked.', 'Read the list again.'),
  2075: refused(
    'AUDIT_FAIL',
    'The audit log is full or locked, so AMT refuses what it cannot record.',
    'Have the auditor save and clear the audit log.'
  ),
  2076: refused('BLOCKING_COMPONENT', 'An auditor has locked this.', 'Have the auditor unlock it, then retry.'),
  2081: refused(
    'USER_CONSENT_REQUIRED',
    'The person at the computer has to agree.',
    'Ask for the consent code shown on the screen.'
  ),
  2082: busy('OPERATION_IN_PROGRESS', 'The firmware is still busy with the request before.', waitALittle)
}

// Standard CIM methods give the same statuses in the vendor range of DMTF return codes.
const vendorRange = 32768

/** The Problem of a return value other than 0; an unknown one is told by its number. */
export function statusProblem(
  method: string,
  code: number,
  table: StatusTable = ptStatus
): { readonly ok: false; readonly problem: Problem } {
  const vendor = table === ptStatus ? table[code - vendorRange] : undefined
  const status = table[code] ?? vendor ?? unknownStatus(code)
  return fail(status.problem, {
    values: { method, status: status.name, meaning: status.meaning, remedy: status.remedy },
    detail: `${method} ReturnValue ${code} (${status.name})`
  })
}

const unknownStatus = (code: number): Status =>
  refused(`status ${code}`, 'AMT gave a return value the wizard has no words for.', 'Send the detail to support.')
