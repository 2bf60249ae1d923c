// What is to be on a USB key: asked for in one dialog, with the warning that has to be ticked before anything is written.
import {
  Button,
  Checkbox,
  Field,
  Input,
  makeStyles,
  Radio,
  RadioGroup,
  Select,
  tokens
} from '@fluentui/react-components'
import { useState } from 'react'
import { factoryPassword, passwordRule } from '../../../shared/password.ts'
import {
  mostUsbRecords,
  type UsbVersion,
  type UsbWish,
  usbKeyDoubt,
  usbVersions,
  usbVersionWords,
  usbWishSchema,
  usualUsbVersion
} from '../../../shared/usbKey.ts'
import { asked } from '../../bridge.ts'
import { useNotice } from '../../noticeStore.ts'
import { useSetUp } from '../../setUpStore.ts'
import { counted } from '../../words.ts'
import { Modal } from '../Modal.tsx'
import { NumberField } from '../NumberField.tsx'
import { ProblemStrip } from '../ProblemStrip.tsx'

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: '10px' },
  warning: {
    margin: 0,
    padding: '8px 12px',
    borderLeft: `3px solid ${tokens.colorPaletteDarkOrangeBorderActive}`,
    lineHeight: tokens.lineHeightBase300
  }
})

type Kind = 'new' | 'kept' | 'certificate'

/** A password that is typed, with what it lacks. */
function Password(props: {
  readonly label: string
  readonly hint: string
  readonly value: string
  readonly lacks?: readonly string[]
  onChange(value: string): void
}) {
  const { label, hint, value, lacks = [], onChange } = props
  return (
    <Field
      label={label}
      hint={hint}
      validationMessage={value !== '' && lacks.length > 0 ? `Needs ${lacks.join('; ')}.` : null}
    >
      <Input type="password" autoComplete="off" value={value} onChange={(_, data) => onChange(data.value)} />
    </Field>
  )
}

interface UsbKeyDialogProps {
  readonly practice: boolean
  /** How many are kept. */
  readonly pairs: number
  /** '' = given up. */
  onEnd(said: string): void
}

export function UsbKeyDialog({ practice, pairs, onEnd }: UsbKeyDialogProps) {
  const styles = useStyles()
  const [kind, setKind] = useState<Kind>('new')
  const [count, setCount] = useState<number | null>(10)
  const [version, setVersion] = useState<UsbVersion>(usualUsbVersion.pairs)
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [again, setAgain] = useState('')
  const [suffix, setSuffix] = useState('')
  const [server, setServer] = useState('')
  const [understood, setUnderstood] = useState(false)
  const { problem, dismiss } = useNotice()
  const byCertificate = kind === 'certificate'

  const lacks = passwordRule(password)
  const differs = password !== '' && again !== password
  const content = byCertificate
    ? { kind: 'certificate', password, suffix, server }
    : { kind: 'pairs', count: kind === 'new' ? count : null, password: password === '' ? null : password }
  const wish = usbWishSchema.safeParse({ version, current: current === '' ? factoryPassword : current, content })
  const isReady =
    wish.success &&
    understood &&
    !differs &&
    (password === '' ? !byCertificate : lacks.length === 0) &&
    (kind !== 'new' || count !== null)

  const choose = (next: Kind): void => {
    setKind(next)
    setVersion(next === 'certificate' ? usualUsbVersion.certificate : usualUsbVersion.pairs)
  }
  const cancel = (): void => {
    dismiss()
    onEnd('')
  }
  const make = async (chosen: UsbWish): Promise<void> => {
    dismiss()
    const made = await asked('setUp.makeUsbKey', { practice, wish: chosen, understood: true })
    if (!made) return
    useSetUp.getState().take(practice, made.means)
    const whom = made.computers === null ? 'any number of computers' : counted(made.computers, 'computer')
    const left =
      made.leftOut === 0
        ? ''
        : ` ${counted(made.leftOut, 'pair')} left out: check letters that do not fit, which MEBx takes from nobody.`
    onEnd(`Saved as ${made.file} for ${whom}; the same is in the keychain.${left}`)
  }
  return (
    <Modal
      title="Make a USB key file"
      onCancel={cancel}
      onSubmit={() => isReady && void make(wish.data)}
      actions={
        <>
          <Button type="button" onClick={cancel}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabled={!isReady}>
            Save setup.bin…
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        {problem !== null && <ProblemStrip problem={problem} assertive />}
        <Field label="What the computers get">
          <RadioGroup value={kind} onChange={(_, data) => choose(data.value as Kind)}>
            <Radio value="new" label="A new PID and PPS each (AMT up to version 10)" />
            <Radio
              value="kept"
              disabled={pairs === 0}
              label={`The PIDs and PPS that are kept here (${counted(pairs, 'pair')})`}
            />
            <Radio value="certificate" label="No pair: they are set up by certificate afterwards (AMT 3 and later)" />
          </RadioGroup>
        </Field>
        {kind === 'new' && (
          <NumberField label="Computers" value={count} min={1} max={mostUsbRecords} whole onChange={setCount} />
        )}
        {byCertificate && (
          <>
            <Field
              label="PKI DNS suffix"
              hint="The domain of the provisioning certificate. Empty: that of DHCP option 15."
            >
              <Input value={suffix} onChange={(_, data) => setSuffix(data.value)} />
            </Field>
            <Field label="Setup server" hint="The FQDN of this PC. Empty: ProvisionServer in their own domain.">
              <Input value={server} onChange={(_, data) => setServer(data.value)} />
            </Field>
          </>
        )}
        <Password
          label="Their MEBx password now"
          hint={`Empty: ${factoryPassword}, as from the factory.`}
          value={current}
          onChange={setCurrent}
        />
        <Password
          label="New MEBx password for all"
          hint={
            byCertificate
              ? 'MEBx takes no key that leaves the factory password.'
              : 'Empty: another random one for each. A pair that was on a key before keeps the one it had there.'
          }
          value={password}
          lacks={lacks}
          onChange={setPassword}
        />
        {password !== '' && (
          <Field
            label="The same again"
            validationMessage={differs && again !== '' ? 'The two are not the same.' : null}
          >
            <Input type="password" autoComplete="off" value={again} onChange={(_, data) => setAgain(data.value)} />
          </Field>
        )}
        <Field label="Format" hint="BIOS reads its own and, it is believed, every older one.">
          <Select
            value={version}
            onChange={(_, data) => setVersion(usbVersions.find((each) => each === data.value) ?? version)}
          >
            {usbVersions
              .filter((each) => !byCertificate || each !== '1')
              .map((each) => (
                <option key={each} value={each}>
                  {usbVersionWords[each]}
                </option>
              ))}
          </Select>
        </Field>
        <p className={styles.warning}>
          The file holds {byCertificate ? 'the' : 'PIDs, PPS and'} MEBx passwords readably. Whoever has it has those
          computers. On this disk only you can read it; a USB key keeps nobody from it. The audit log says that it was
          made. {usbKeyDoubt}
        </p>
        <Checkbox
          checked={understood}
          onChange={(_, data) => setUnderstood(data.checked === true)}
          label="I keep the key with me, and delete the file when the computers have it"
        />
      </div>
    </Modal>
  )
}
