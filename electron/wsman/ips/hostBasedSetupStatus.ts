// Return values of IPS_HostBasedSetupService, which has numbers of its own: its 3 is not the 3 of PT_STATUS.
import { busy, internalError, refused, type StatusTable } from '../ptStatus.ts'

const readMode = 'Read CurrentControlMode again: the device may be set up already.'
const flash = 'Wait some hours, or reset the flash wear-out protection.'

const invalidState = refused('INVALID_STATE', 'The control mode of the device does not allow this.', readMode)
const invalidParameter = refused(
  'INVALID_PARAMETER',
  'A value in the request is not valid: password digest, nonce, signing algorithm or signature.',
  'Check realm and password, and the signing algorithm: SHA-256 up to AMT 20, SHA-384 from AMT 22.'
)
const loginFailed = refused(
  'AUTHENTICATION_FAILED',
  'The certificate chain or the signature does not prove the right to set this device up.',
  'Check that the firmware trusts the root and the certificate fits its DNS suffix; begin anew with a fresh nonce.'
)
const flashLimit = busy('FLASH_WRITE_LIMIT_EXCEEDED', 'The firmware was written to too often in a short time.', flash)

/** Setup and DisableClientControlMode. */
export const setupStatus: StatusTable = {
  1: internalError,
  2: invalidState,
  3: invalidParameter,
  4: refused(
    'METHOD_DISABLED',
    'Setup from the computer itself is turned off on this device.',
    'Allow it in MEBx, or set the device up over the network.'
  ),
  5: loginFailed,
  6: flashLimit
}

/** AdminSetup and UpgradeClientToAdmin; for the latter the numbers are believed to be the same, not proven. */
export const adminStatus: StatusTable = {
  1: internalError,
  2: invalidState,
  3: invalidParameter,
  5: loginFailed,
  6: flashLimit
}

/** AddNextCertInChain, which counts in another order. */
export const chainStatus: StatusTable = {
  1: invalidParameter,
  2: internalError,
  3: invalidState,
  4: refused(
    'CERTIFICATE_VERIFY_FAILED',
    'The firmware does not accept a certificate of the chain.',
    'Send the chain from the leaf up to a root the firmware trusts, each certificate once.'
  ),
  5: refused('CHAIN_TOO_LONG', 'The certificate chain has too many certificates.', 'Use a chain of at most five.')
}
