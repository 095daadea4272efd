"""Qué está mal en una plantilla, contra quien la llena: todo a la vez y con su sitio.

Primero lo que está mal escrito; después, los datos que pide y no hay; y si nada de eso,
se llena con un caso inventado al que no le falta nada, que dice lo que nunca habrá.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expediente.documentos.datos_de_plantilla import ausentes_de
from expediente.documentos.vocabulario import Vocabulario, pasos_de
from expediente.nucleo.errores import DatosInvalidos, ErrorExpediente, NoExiste, sugerencia
from expediente.operaciones.muestras import Emisor
from expediente.operaciones.ventanilla import Ventanilla

if TYPE_CHECKING:
    from expediente.documentos.plantilla import Plantilla

# Word deja uno junto a cada documento que alguien tiene abierto.
DE_WORD_ABIERTO = "~$"
# Una etiqueta que imprime un dato tal cual, sin filtro ni cuenta.
TAL_CUAL = re.compile(r"\{\{[-+r\s]*[\w.]+(?:\[\d+\])?[-+\s]*\}\}")


@dataclass(frozen=True)
class Fallo:
    """Algo que está mal en una plantilla: en qué parte y renglón, en qué etiqueta, y qué es.

    `lugar` y `etiqueta` son «» si es de la plantilla entera; `dicho` se entiende solo.
    """

    plantilla: str
    lugar: str
    etiqueta: str
    dicho: str

    @property
    def mensaje(self) -> str:
        """«Plantilla x.docx, cuerpo, tabla 2, renglón 3: no conozco…»."""
        if self.plantilla in self.dicho:
            return self.dicho
        donde = f", {self.lugar}" if self.lugar else ""
        return f"Plantilla {self.plantilla}{donde}: {self.dicho}"


def ficheros_de_plantillas(v: Ventanilla) -> list[Path]:
    """Los .docx de la carpeta de plantillas, sin los que Word deja al tenerlos abiertos."""
    hallados = (v.raiz / "plantillas").glob("*.docx")
    return sorted(ruta for ruta in hallados if not ruta.name.startswith((DE_WORD_ABIERTO, ".")))


def fallos_de(
    v: Ventanilla, emisor: Emisor, ajenos: Mapping[str, str] | None = None
) -> list[Fallo]:
    """Lo que impide a ese emisor llenar su plantilla; vacío si nada.

    `ajenos` es {dato de otro procedimiento: de cuál es}, para decirlo si se pide.
    """
    ruta = v.raiz / "plantillas" / emisor.plantilla
    escrito = list(_mal_escrito(ruta))
    if escrito or not emisor.datos:
        return escrito
    return _mal_pedido(ruta, emisor, ajenos or {})


def _mal_escrito(ruta: Path) -> Iterator[Fallo]:
    # Word pesa en el arranque: sólo lo cargan las órdenes que miran plantillas.
    from expediente.documentos.revision_plantilla import defectos

    try:
        for malo in defectos(ruta):
            dicho = f"«{malo.etiqueta}» {malo.dicho}" if malo.etiqueta else malo.dicho
            yield Fallo(ruta.name, malo.lugar, malo.etiqueta, dicho)
    except NoExiste as error:
        parecida = sugerencia(ruta.name, [x.name for x in ruta.parent.glob("*.docx")])
        remedio = f"Póngala ahí o nombre una de las que hay.{parecida}"
        yield Fallo(ruta.name, "", "", f"{error.mensaje} {remedio}")
    except ErrorExpediente as error:
        yield Fallo(ruta.name, "", "", error.mensaje)


def _mal_pedido(ruta: Path, emisor: Emisor, ajenos: Mapping[str, str]) -> list[Fallo]:
    from expediente.documentos.plantilla import compilar  # Word pesa, ídem

    plantilla = compilar(ruta)
    vocabulario = Vocabulario(emisor.datos, ausentes_de(emisor.datos), ajenos)
    fallos = [
        Fallo(ruta.name, pedido.lugar, pedido.etiqueta, dicho)
        for pedido in plantilla.pedidos()
        if (dicho := vocabulario.problema(pedido.ruta, bool(TAL_CUAL.fullmatch(pedido.etiqueta))))
    ]
    if fallos or not emisor.sano:
        return fallos
    return _nunca_se_llena(plantilla, emisor)


def _nunca_se_llena(plantilla: "Plantilla", emisor: Emisor) -> list[Fallo]:
    """Lo que falta aun a un caso completo: a ninguno de verdad le alcanzaría."""
    try:
        plantilla.llenar(emisor.campos)
    except DatosInvalidos as error:
        dicho = error.mensaje.removeprefix(f"Plantilla {plantilla.nombre}, ")
        porque = f"no se llena ni con un caso completo de «{emisor.nombre}»: {dicho}"
        return [Fallo(plantilla.nombre, "", "", porque)]
    except NoExiste:
        return []  # lo que falta en oficina.yaml lo dice la revisión del procedimiento
    return []


def avisos_de(v: Ventanilla, emisor: Emisor) -> list[Fallo]:
    """Los datos que pueden no capturarse y, si faltan, detienen la carta de ese emisor.

    Supone que su plantilla no tiene fallos. No es un error: quizá la oficina lo quiere así.
    """
    from expediente.documentos.plantilla import compilar  # Word pesa, ídem

    plantilla = compilar(v.raiz / "plantillas" / emisor.plantilla)
    try:
        campos = emisor.campos
    except NoExiste:
        return []  # le falta algo a oficina.yaml, ídem
    opcionales = {dato.ruta for dato in emisor.datos if dato.opcional and not dato.sensible}
    avisos = []
    for ruta in sorted(plantilla.campos() & opcionales):
        try:
            plantilla.llenar(sin_el_dato(campos, pasos_de(ruta)))
        except DatosInvalidos:
            pedido = next(x for x in plantilla.pedidos() if x.ruta == ruta)
            dicho = f"«{ruta}» puede faltar y entonces la carta no sale; póngalo en un {{% if %}}."
            avisos.append(Fallo(plantilla.nombre, pedido.lugar, pedido.etiqueta, dicho))
    return avisos


def sin_el_dato(campos: Any, pasos: Sequence[str]) -> Any:
    """Los campos sin ese dato; si va dentro de una lista, en ninguno de sus elementos."""
    paso, *resto = pasos
    if paso == "[]":
        return [sin_el_dato(uno, resto) for uno in campos] if resto else []
    if not isinstance(campos, dict):
        return campos
    if not resto:
        return {clave: valor for clave, valor in campos.items() if clave != paso}
    return {**campos, paso: sin_el_dato(campos[paso], resto)} if paso in campos else campos
