// 802.1X of one network: the method, as whom, by what, and which server is believed.
import { Field, Input, makeStyles, Select } from '@fluentui/react-components'
import { eapChoices, eapTitles, hasPassword, withSlot } from '../../../shared/profile/eap.ts'
import type { Eap } from '../../../shared/profile.ts'
import { asked } from '../../bridge.ts'
import { SecretInput } from '../SecretInput.tsx'
import { useProfile } from './useProfile.ts'

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(200px, 1fr))',
    gap: '8px 16px',
    alignItems: 'start',
    padding: '6px 0',
    margin: 0,
    minInlineSize: 0,
    border: 'none'
  }
})

export const newEap: Eap = { method: 'peap', username: '', domain: '', serverName: '', root: '' }

interface EapFieldsProps {
  readonly eap: Eap
  /** Which network it is about, for who cannot see where the fields stand: "the cable". */
  readonly of: string
  /** The change is made to what is there by then: a password may be kept in the middle of other typing. */
  onChange(change: (eap: Eap) => Eap): void
}

/** A method that cannot be chosen any more is shown as what it is, until another one is. */
const methodsFor = ({ method }: Eap) => {
  const choices = eapChoices.map((each) => [each, eapTitles[each]] as const)
  return eapChoices.some((each) => each === method) ? choices : [[method, eapTitles[method]] as const, ...choices]
}

export function EapFields({ eap, of, onChange }: EapFieldsProps) {
  const styles = useStyles()
  const { draftId, profile } = useProfile()
  const byPassword = hasPassword(eap)
  const put = (part: Partial<Eap>): void => onChange((now) => ({ ...now, ...part }))
  const keep = async (value: string): Promise<void> => {
    const secret = await asked('secret.keep', { draftId, purpose: 'wired', value })
    if (secret !== undefined) onChange((now) => withSlot(now, secret.slot))
  }
  const text = (label: string, key: 'username' | 'domain' | 'serverName', hint: string | null = null) => (
    <Field label={label} hint={hint} required={key === 'username' && byPassword}>
      <Input value={eap[key]} maxLength={80} onChange={(_, data) => put({ [key]: data.value.trim() })} />
    </Field>
  )
  const choose = <T extends string>(
    label: string,
    options: readonly (readonly [T, string])[],
    value: T,
    take: (value: T) => void,
    hint: string | null = null
  ) => (
    <Field label={label} hint={hint}>
      <Select
        value={value}
        onChange={(_, data) => {
          const chosen = options.find(([key]) => key === data.value)
          if (chosen) take(chosen[0])
        }}
      >
        {options.map(([key, title]) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </Select>
    </Field>
  )
  const turn = (method: Eap['method']): void =>
    onChange(({ slot, ...now }) => ({ ...now, method, ...(slot !== undefined && hasPassword({ method }) && { slot }) }))
  return (
    <fieldset className={styles.fields} aria-label={`802.1X of ${of}`}>
      {choose('Method of 802.1X', methodsFor(eap), eap.method, turn)}
      {text('User name for 802.1X', 'username', byPassword ? null : 'Empty: each computer’s own name')}
      {text('Domain of the user', 'domain')}
      {byPassword && (
        <SecretInput
          label="Password for 802.1X"
          required
          kept={eap.slot !== undefined}
          onKeep={(value) => void keep(value)}
        />
      )}
      {text('Name of the server', 'serverName', 'As in its certificate; empty: any that the root signed')}
      {choose(
        'Root of the server’s certificate',
        [['', 'Choose one'], ...profile.roots.map(({ fingerprint, name }) => [fingerprint, name] as const)],
        eap.root,
        (root) => put({ root }),
        'One of the trusted roots'
      )}
    </fieldset>
  )
}
