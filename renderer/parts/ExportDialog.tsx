// Export for another manager: which, which computers, with or without passwords, and how sure what is written is.
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
import type { Import } from '../../shared/contract/views.ts'
import {
  type ExportChoice,
  exportChoiceSchema,
  exportTargets,
  targetWords,
  usualChoice
} from '../../shared/exporting.ts'
import { asked } from '../bridge.ts'
import { useNotice } from '../noticeStore.ts'
import { counted } from '../words.ts'
import { Modal } from './Modal.tsx'

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: '12px' },
  pair: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(210px, 100%), 1fr))', gap: '8px 16px' },
  cell: { minWidth: 0, '& select': { minWidth: 0, width: '100%' }, '& input': { minWidth: 0 } },
  note: { margin: 0, color: tokens.colorNeutralForeground2, lineHeight: tokens.lineHeightBase300 },
  warning: { margin: 0, color: tokens.colorStatusDangerForeground1, lineHeight: tokens.lineHeightBase300 }
})

interface PartProps {
  readonly choice: ExportChoice
  onChange(change: Partial<ExportChoice>): void
}

const { encoding: encodings, passwordText: passwordTexts } = exportChoiceSchema.shape

/** How the six columns are written; nothing of it is documented, so it is a visible choice. */
function ListFields({ choice, onChange }: PartProps) {
  const styles = useStyles()
  return (
    <div className={styles.pair}>
      <Field className={styles.cell} label="Encoding of the file">
        <Select value={choice.encoding} onChange={(_, { value }) => onChange({ encoding: encodings.parse(value) })}>
          {encodings.options.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </Select>
      </Field>
      {choice.passwords && (
        <Field className={styles.cell} label="Text under the Base64">
          <Select
            value={choice.passwordText}
            onChange={(_, { value }) => onChange({ passwordText: passwordTexts.parse(value) })}
          >
            {passwordTexts.options.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        </Field>
      )}
    </div>
  )
}

/** Where the script will run, as far as it is known here. */
const scriptFields = [
  ['siteServer', 'Site server', 'A computer’s name: letters, digits, points and hyphens.'],
  ['siteCode', 'Site code', 'Three letters or digits.']
] as const

function ScriptFields({ choice, onChange }: PartProps) {
  const styles = useStyles()
  return (
    <div className={styles.pair}>
      {scriptFields.map(([part, label, wanted]) => (
        <Field
          key={part}
          className={styles.cell}
          label={label}
          hint="Left empty, the script asks."
          validationMessage={exportChoiceSchema.shape[part].safeParse(choice[part]).success ? null : wanted}
        >
          <Input
            value={choice[part]}
            spellCheck={false}
            onChange={(_, { value }) => onChange({ [part]: value.trim() })}
          />
        </Field>
      ))}
    </div>
  )
}

const collectionLabels: Readonly<Record<ExportChoice['to'], string>> = {
  configmgr: '',
  powershell: 'Collection they join',
  automatic: 'Collection they are in',
  dmt: 'Tag',
  meshcentral: 'Tag'
}

interface ExportDialogProps {
  readonly current: Import
  onSaved(words: string): void
  onCancel(): void
}

export function ExportDialog({ current, onSaved, onCancel }: ExportDialogProps) {
  const styles = useStyles()
  const [choice, setChoice] = useState(() => usualChoice('configmgr', current.collection))
  const [busy, setBusy] = useState(false)
  const { to } = choice
  const { hint, believed, passwords } = targetWords[to]
  const change = (part: Partial<ExportChoice>): void => setChoice((before) => ({ ...before, ...part }))
  const fits = exportChoiceSchema.safeParse(choice).success
  const save = async (): Promise<void> => {
    if (!fits || busy) return
    setBusy(true)
    const answer = await asked('export.save', {
      importId: current.id,
      choice: { ...choice, passwords: choice.passwords && passwords }
    })
    setBusy(false)
    if (answer === null) return
    if (answer === undefined) return onCancel()
    const words = `${counted(answer.computers, 'computer')} saved as ${answer.file}.`
    useNotice.getState().say(words)
    onSaved(words)
  }
  const label = collectionLabels[to]
  return (
    <Modal
      title="Export for another manager"
      onCancel={onCancel}
      onSubmit={() => void save()}
      actions={
        <>
          <Button type="button" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" appearance="primary" disabled={!fits || busy}>
            Save
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <Field className={styles.cell} label="For" hint={hint}>
          <Select
            value={to}
            autoFocus
            onChange={(_, { value }) => change({ to: exportChoiceSchema.shape.to.parse(value) })}
          >
            {exportTargets.map((one) => (
              <option key={one} value={one}>
                {targetWords[one].title}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Which computers">
          <RadioGroup
            layout="horizontal"
            value={choice.which}
            onChange={(_, { value }) => change({ which: value === 'all' ? 'all' : 'done' })}
          >
            <Radio value="done" label={`Those that are done (${current.totals.done})`} />
            <Radio value="all" label={`All (${current.totals.all})`} />
          </RadioGroup>
        </Field>
        {to === 'configmgr' && <ListFields choice={choice} onChange={change} />}
        {(to === 'powershell' || to === 'automatic') && <ScriptFields choice={choice} onChange={change} />}
        {label !== '' && (
          <Field className={styles.cell} label={label} hint="Left empty, none.">
            <Input
              value={choice.collection}
              maxLength={255}
              onChange={(_, { value }) => change({ collection: value })}
            />
          </Field>
        )}
        {passwords && (
          <Checkbox
            checked={choice.passwords}
            label="With passwords"
            onChange={(_, { checked }) => change({ passwords: checked === true })}
          />
        )}
        {passwords && choice.passwords && (
          <p className={styles.warning} data-warning>
            Whoever has this file can manage these computers. {to === 'configmgr' && 'Base64 hides nothing. '}
            Delete it as soon as the other manager has read it. That it was made is on record.
          </p>
        )}
        <p className={styles.note}>{believed}</p>
      </div>
    </Modal>
  )
}
