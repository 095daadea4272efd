"""Qué está mal en una plantilla, contra quien la llena: todo a la vez y con su sitio.

Primero lo que está mal escrito; después, los datos que pide y no hay; y si nada de eso,
se llena con un caso inventado al que no le falta nada, que dice lo que nunca habrá.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from expediente.documentos.datos_de_plantilla import ausentes_de
from expediente.documentos.defecto import Pedido
from expediente.documentos.otro_formato import en_otros_formatos
from expediente.documentos.vocabulario import LISTA, SENSIBLE, Dato, Vocabulario, pasos_de
from expediente.nucleo.errores import DatosInvalidos, ErrorExpediente, NoExiste, sugerencia
from expediente.operaciones.carpeta_de_plantillas import plantilla_de, ruta_de_plantilla
from expediente.operaciones.emisor import Emisor
from expediente.operaciones.ventanilla import Ventanilla

if TYPE_CHECKING:
    from expediente.documentos.plantilla import Plantilla

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


def fallos_de(
    v: Ventanilla, emisor: Emisor, ajenos: Mapping[str, str] | None = None
) -> list[Fallo]:
    """Lo que impide a ese emisor llenar su plantilla; vacío si nada.

    `ajenos` es {dato de otro procedimiento: de cuál es}, para decirlo si se pide.
    """
    # Word pesa en el arranque: sólo lo cargan las órdenes que miran plantillas.
    from expediente.documentos.revision_plantilla import defectos_y_pedidos

    ruta = ruta_de_plantilla(v, emisor.plantilla)
    try:
        defectos, pedidos = defectos_y_pedidos(ruta)
    except ErrorExpediente as error:
        return [_ilegible(ruta, error)]
    fallos = [
        Fallo(
            ruta.name, d.lugar, d.etiqueta, f"«{d.etiqueta}» {d.dicho}" if d.etiqueta else d.dicho
        )
        for d in defectos
    ]
    if emisor.datos:
        fallos += _mal_pedido(emisor, pedidos, ajenos or {})
    if fallos or not emisor.datos or not emisor.sano:
        return fallos
    return _nunca_se_llena(plantilla_de(v, emisor.plantilla), emisor)


def _ilegible(ruta: Path, error: ErrorExpediente) -> Fallo:
    en_otro = ruta.stem in (x.stem for x in en_otros_formatos(ruta.parent))
    if en_otro or not isinstance(error, NoExiste):
        return Fallo(ruta.name, "", "", error.mensaje)
    parecida = sugerencia(ruta.name, [x.name for x in ruta.parent.glob("*.docx")])
    remedio = f"Póngala ahí o nombre una de las que hay.{parecida}"
    return Fallo(ruta.name, "", "", f"{error.mensaje} {remedio}")


def _mal_pedido(
    emisor: Emisor, pedidos: Iterable[Pedido], ajenos: Mapping[str, str]
) -> Iterator[Fallo]:
    from expediente.documentos.remedios import acaso_es_texto  # carga jinja2

    vocabulario = Vocabulario(emisor.datos, ausentes_de(emisor.datos), ajenos)
    for pedido in pedidos:
        impreso = bool(TAL_CUAL.fullmatch(pedido.etiqueta))
        if dicho := vocabulario.problema(pedido.ruta, impreso):
            if dicho.startswith("no conozco"):
                acaso = acaso_es_texto(pedido.etiqueta, pedido.ruta)
                # Ningún dato empieza con mayúscula: parecerse a uno es casualidad.
                es_texto = acaso and pedido.ruta[0].isupper()
                dicho = (dicho.partition(" ¿")[0] if es_texto else dicho) + acaso
            yield Fallo(emisor.plantilla, pedido.lugar, pedido.etiqueta, dicho)


def rechazar_sensibles(v: Ventanilla, emisor: Emisor) -> None:
    """Lanza DatosInvalidos si su plantilla pide un dato sensible, aunque no lo imprima."""
    if any(dato.sensible for dato in emisor.datos):
        vocabulario = Vocabulario(emisor.datos)
        for pedido in plantilla_de(v, emisor.plantilla).pedidos():
            dicho = vocabulario.problema(pedido.ruta, impreso=False)
            if SENSIBLE in dicho:
                fallo = Fallo(emisor.plantilla, pedido.lugar, pedido.etiqueta, dicho)
                raise DatosInvalidos(fallo.mensaje)


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
    """Los datos que pueden no capturarse y detendrían la carta de ese emisor, y los descuidos.

    Supone que su plantilla no tiene fallos. No es un error: quizá la oficina lo quiere así.
    """
    plantilla = plantilla_de(v, emisor.plantilla)
    try:
        campos = emisor.campos
    except NoExiste:
        return []  # le falta algo a oficina.yaml, ídem
    opcionales = [dato for dato in emisor.datos if dato.opcional and not dato.sensible]
    avisos: dict[Fallo, None] = {}
    for dato in opcionales:
        if any(_lo_pide(pedido.ruta, dato.ruta) for pedido in plantilla.pedidos()):
            avisos.update(dict.fromkeys(_sueltos(plantilla, campos, dato)))
    return [*avisos, *_descuidos(v, emisor)]


def _descuidos(v: Ventanilla, emisor: Emisor) -> Iterator[Fallo]:
    """Las etiquetas mal tecleadas que saldrían impresas, y las imágenes que no caben."""
    from expediente.documentos.sospechas import sospechas

    sueltos = {dato.ruta for dato in emisor.datos if dato.tipo != LISTA}
    for x in sospechas(ruta_de_plantilla(v, emisor.plantilla), sueltos.__contains__):
        dicho = f"«{x.etiqueta.strip('«»')}» {x.dicho}"
        yield Fallo(emisor.plantilla, x.lugar, x.etiqueta, dicho)


def _lo_pide(pedida: str, ruta: str) -> bool:
    return pedida == ruta or pedida.startswith((f"{ruta}.", f"{ruta}[]"))


def _sueltos(plantilla: "Plantilla", campos: Any, dato: Dato) -> Iterator[Fallo]:
    """Las etiquetas que detienen la carta si no se captura ese dato."""
    pasos = [*pasos_de(dato.ruta), *(["[]"] if dato.tipo == LISTA else [])]
    si_falta = f"«{dato.ruta}» puede faltar"
    if dato.tipo == LISTA:
        si_falta = f"«{dato.ruta}» puede no tener ninguno"
    dicho = f"{si_falta} y entonces la carta no sale; póngalo en un {{% if %}}."
    try:
        faltan = plantilla.que_falta(sin_el_dato(campos, pasos))
    except DatosInvalidos:
        yield Fallo(plantilla.nombre, "", "", dicho)
        return
    for pedido in faltan:
        yield Fallo(plantilla.nombre, pedido.lugar, pedido.etiqueta, dicho)


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
