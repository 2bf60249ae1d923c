// The bar on top: what this is, what is open, where secrets go, practice mode, and the menu.
import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  tokens
} from '@fluentui/react-components'
import {
  BeakerRegular,
  HistoryRegular,
  HomeRegular,
  NavigationRegular,
  QuestionCircleRegular,
  SettingsRegular,
  ShieldCheckmarkRegular,
  ShieldErrorRegular
} from '@fluentui/react-icons'
import type { Snapshot } from '../../shared/contract/views.ts'
import { useHelp } from '../helpStore.ts'
import { usePlace } from '../placeStore.ts'
import { type Look, looks, lookTitles } from '../theme.ts'
import { useOpen } from '../useOpen.ts'
import { Badge } from './tones.tsx'

const useStyles = makeStyles({
  header: {
    display: 'flex',
    alignItems: 'center',
    gap: '10px',
    minHeight: '48px',
    padding: '4px 12px 4px 20px',
    boxSizing: 'border-box',
    position: 'relative',
    zIndex: 2,
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    '@media (max-width: 820px)': { flexWrap: 'wrap' }
  },
  mark: {
    width: '22px',
    height: '22px',
    color: tokens.colorBrandForeground1,
    flexShrink: 0,
    '@media (forced-colors: active)': { color: 'CanvasText' }
  },
  product: { fontWeight: tokens.fontWeightSemibold, whiteSpace: 'nowrap' },
  open: {
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    flexGrow: 1,
    flexBasis: 0,
    minWidth: 0
  }
})

/** A computer handed over: the product's mark. */
const Mark = ({ className }: { readonly className: string }) => (
  <svg className={className} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true">
    <rect x="2.5" y="4" width="19" height="13" rx="2" />
    <path d="M8.5 20.5h7M12 17v3.5" strokeLinecap="round" />
    <path d="M7.5 10.5h8M12.7 7.6l3 2.9-3 2.9" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
)

const keychainLooks = {
  keychain: { tone: 'done', icon: <ShieldCheckmarkRegular />, word: 'Keychain unlocked' },
  memory: { tone: 'asleep', icon: <ShieldErrorRegular />, word: 'Secrets in memory only' },
  none: { tone: 'person', icon: <ShieldErrorRegular />, word: 'No keychain' }
} as const

function KeychainBadge({ keychain }: Pick<Snapshot, 'keychain'>) {
  const { tone, icon, word } = keychainLooks[keychain.kind]
  return (
    <Badge tone={tone} icon={icon} title={keychain.words}>
      {word}
    </Badge>
  )
}

export function Header({ look, choose }: { readonly look: Look; choose(look: Look): void }) {
  const styles = useStyles()
  const { snapshot, toAudit, toSettings, toStart } = usePlace()
  const { name, practice } = useOpen()
  return (
    <header className={styles.header} data-region>
      <Mark className={styles.mark} />
      <span className={styles.product}>AMT Migration Wizard</span>
      <span className={styles.open} title={name}>
        {name}
      </span>
      {practice && (
        <Badge tone="working" icon={<BeakerRegular />}>
          Practice fleet: nothing real is touched
        </Badge>
      )}
      {snapshot !== null && <KeychainBadge keychain={snapshot.keychain} />}
      <Button
        appearance="subtle"
        icon={<QuestionCircleRegular />}
        aria-label="Help"
        title="Help for this page (F1)"
        onClick={() => useHelp.getState().show(true)}
      />
      <Menu
        inline
        checkedValues={{ look: [look] }}
        onCheckedValueChange={(_, { checkedItems }) => {
          const next = looks.find((one) => one === checkedItems[0])
          if (next !== undefined) choose(next)
        }}
      >
        <MenuTrigger disableButtonEnhancement>
          <Button appearance="subtle" icon={<NavigationRegular />} aria-label="Menu" />
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            <MenuItem icon={<HomeRegular />} onClick={() => void toStart()}>
              Start page
            </MenuItem>
            <MenuItem icon={<HistoryRegular />} onClick={toAudit}>
              Audit log
            </MenuItem>
            <MenuItem icon={<SettingsRegular />} onClick={toSettings}>
              Settings
            </MenuItem>
            <MenuDivider />
            <MenuGroup>
              <MenuGroupHeader>Appearance</MenuGroupHeader>
              {looks.map((one) => (
                <MenuItemRadio key={one} name="look" value={one}>
                  {lookTitles[one]}
                </MenuItemRadio>
              ))}
            </MenuGroup>
          </MenuList>
        </MenuPopover>
      </Menu>
    </header>
  )
}
