; Inno Setup 6: installs for the person at the computer, without an administrator and without a network.
; Run by packaging/build.py, which hands over AppVersion (from shelter_desk/__init__.py), Program (the built folder) and
; NeutralIcon.
#ifndef AppVersion
  #error AppVersion is missing: run packaging/build.py
#endif
#ifndef Program
  #error Program is missing: run packaging/build.py
#endif

#ifndef NeutralIcon
  #error NeutralIcon is missing: run packaging/build.py
#endif

[Setup]
; never change AppId: an update is known by it
AppId={{7E0C2B54-93F4-4C43-9E0A-5B1B7E6C2F41}
AppName=Shelter Desk
AppVersion={#AppVersion}
AppVerName=Shelter Desk {#AppVersion}
AppPublisher=Shelter Desk
VersionInfoVersion={#AppVersion}
OutputBaseFilename=shelter-desk-{#AppVersion}-installation
PrivilegesRequired=lowest
DefaultDirName={localappdata}\Programs\Shelter Desk
DefaultGroupName=Shelter Desk
DisableProgramGroupPage=yes
DisableDirPage=yes
; what the list of applications shows too, where a neutral name is chosen
UninstallDisplayName={code:ShownName}
UninstallDisplayIcon={code:ShownIcon}
ChangesAssociations=yes
; Qt 6.11 starts on Windows 10 (1809) and later, 64 bits
MinVersion=10.0.17763
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; the two starters hold the same code: what is looked back at reaches over a whole one
Compression=lzma2/ultra64
LZMADictionarySize=65536
SolidCompression=yes
WizardStyle=modern
; the first language is taken where the computer speaks neither
ShowLanguageDialog=no
CloseApplications=yes

[Languages]
Name: "fr"; MessagesFile: "compiler:Languages\French.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
fr.Start=Ouvrir Shelter Desk
en.Start=Open Shelter Desk
fr.Neutral=Nom et icône neutres (« Fournitures ») : rien ne dit sur cet ordinateur ce qu’est le programme
en.Neutral=Neutral name and icon (“Supplies”): nothing on this computer says what the program is
fr.Supplies=Fournitures
en.Supplies=Supplies
fr.Backup=Sauvegarde
en.Backup=Backup
fr.Kept=Les données du centre restent dans le dossier de la personne et ne sont pas effacées.
en.Kept=The data of the shelter stay in the person's folder and are not erased.

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"
Name: "neutral"; Description: "{cm:Neutral}"; GroupDescription: "{cm:AdditionalIcons}"; Flags: unchecked

[InstallDelete]
; an update leaves nothing of the former version behind
Type: filesandordirs; Name: "{app}\_internal"
; nor the name that was chosen before
Type: files; Name: "{app}\neutral.ico"
Type: files; Name: "{group}\Shelter Desk.lnk"
Type: files; Name: "{group}\{cm:Supplies}.lnk"
Type: files; Name: "{autodesktop}\Shelter Desk.lnk"
Type: files; Name: "{autodesktop}\{cm:Supplies}.lnk"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs sortfilesbyextension
; the program takes it for its windows where it is there
Source: "{#NeutralIcon}"; DestDir: "{app}"; DestName: "neutral.ico"; Tasks: neutral

[Icons]
Name: "{group}\{code:ShownName}"; Filename: "{app}\shelter-desk-window.exe"; IconFilename: "{code:ShownIcon}"
Name: "{autodesktop}\{code:ShownName}"; Filename: "{app}\shelter-desk-window.exe"; IconFilename: "{code:ShownIcon}"; Tasks: desktopicon

[Registry]
; a backup opens with the program, which asks for what opens it
Root: HKCU; Subkey: "Software\Classes\.sauvegarde"; ValueType: string; ValueData: "ShelterDesk.Backup"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\ShelterDesk.Backup"; ValueType: string; ValueData: "{cm:Backup}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\ShelterDesk.Backup\DefaultIcon"; ValueType: string; ValueData: "{code:ShownIcon}"
Root: HKCU; Subkey: "Software\Classes\ShelterDesk.Backup\shell\open\command"; ValueType: string; ValueData: """{app}\shelter-desk-window.exe"" ""%1"""

[Run]
Filename: "{app}\shelter-desk-window.exe"; Description: "{cm:Start}"; Flags: nowait postinstall skipifsilent

[Code]
function IsNeutral: Boolean;
begin
  Result := WizardIsTaskSelected('neutral');
end;

function ShownName(Param: String): String;
begin
  if IsNeutral then Result := CustomMessage('Supplies') else Result := 'Shelter Desk';
end;

function ShownIcon(Param: String): String;
begin
  if IsNeutral then Result := ExpandConstant('{app}\neutral.ico') else Result := ExpandConstant('{app}\shelter-desk-window.exe');
end;

procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  if (CurUninstallStep = usPostUninstall) and not UninstallSilent then
    MsgBox(CustomMessage('Kept'), mbInformation, MB_OK);
end;
