; Inno Setup 6: installs for the person at the computer, without an administrator and without a network.
; Run by packaging/build.py, which hands over AppVersion (from shelter_desk/__init__.py) and Program (the built folder).
#ifndef AppVersion
  #error AppVersion is missing: run packaging/build.py
#endif
#ifndef Program
  #error Program is missing: run packaging/build.py
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
DisableDirPage=auto
LicenseFile=..\..\LICENSE
UninstallDisplayIcon={app}\shelter-desk-window.exe
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
fr.Kept=Les données du centre restent dans le dossier de la personne et ne sont pas effacées.
en.Kept=The data of the shelter stay in the person's folder and are not erased.

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"

[InstallDelete]
; an update leaves nothing of the former version behind
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs sortfilesbyextension

[Icons]
Name: "{group}\Shelter Desk"; Filename: "{app}\shelter-desk-window.exe"
Name: "{autodesktop}\Shelter Desk"; Filename: "{app}\shelter-desk-window.exe"; Tasks: desktopicon

[Run]
Filename: "{app}\shelter-desk-window.exe"; Description: "{cm:Start}"; Flags: nowait postinstall skipifsilent

[Code]
procedure CurUninstallStepChanged(CurUninstallStep: TUninstallStep);
begin
  if (CurUninstallStep = usPostUninstall) and not UninstallSilent then
    MsgBox(CustomMessage('Kept'), mbInformation, MB_OK);
end;
