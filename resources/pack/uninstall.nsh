; Data (drafts, jobs, audit log) stays unless the person says otherwise. Keychain entries belong to that data: without
; them new passwords of computers would be lost, so the uninstaller never touches them and says where they are.
!macro customUnInstall
  ${ifNot} ${isUpdated}
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON1 "Keep the imports, the audit log and the settings of AMT Migration Wizard? The passwords of the computers that were taken over stay in the Windows Credential Manager either way, under the name AMT Migration Wizard." /SD IDYES IDYES keep
      RMDir /r "$APPDATA\AMT Migration Wizard"
    keep:
  ${endIf}
!macroend
