"""Las plantillas que hay en la oficina, quién llena cada una y todo lo que tienen mal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from expediente.documentos.datos_de_plantilla import DEL_CASO
from expediente.operaciones.carpeta_de_plantillas import (
    ficheros_de_plantillas,
    plantillas_abiertas,
    plantillas_en_otro_formato,
    ruta_de_plantilla,
)
from expediente.operaciones.emisor import DE_NADIE, Emisor
from expediente.operaciones.emisores import elegidos, emisores
from expediente.operaciones.revision_de_plantillas import (
    Fallo,
    avisos_de,
    fallos_de,
)
from expediente.operaciones.ventanilla import Ventanilla

# {dato: el procedimiento que lo tiene}, para decir de quién es el que se pide sin tenerlo.
Duenos = dict[str, str]


@dataclass(frozen=True)
class Revisada:
    """Un fallo de una plantilla y los procedimientos con que se da; vacío si con todos.

    Uno que sólo es `aviso` no impide nada.
    """

    fallo: Fallo
    con: tuple[str, ...]
    aviso: bool = False

    @property
    def mensaje(self) -> str:
        """El fallo, diciendo con qué procedimientos si no es con todos."""
        return self.fallo.mensaje + (f" (Con: {', '.join(self.con)}.)" if self.con else "")


@dataclass(frozen=True)
class PlantillaListada:
    """Una plantilla de la oficina, quiénes la llenan y qué tiene mal.

    `titulo` es el que lleva el documento; «» si no se pudo leer. `existe` dice si el
    fichero está, y `abierta`, si alguien lo tiene abierto. La que no está puede estar
    `en_otro_formato`.
    """

    fichero: str
    titulo: str
    emisores: tuple[Emisor, ...]
    fallos: tuple[Revisada, ...]
    existe: bool
    abierta: bool
    en_otro_formato: bool = False


def listar_plantillas(v: Ventanilla) -> list[PlantillaListada]:
    """Las de la oficina por su nombre, y las que alguien nombra y no están."""
    todos_ellos = emisores(v)
    duenos, abiertas = _duenos(todos_ellos), plantillas_abiertas(v)
    return [
        _listada(v, fichero, suyos, duenos, fichero in abiertas)
        for fichero, suyos in _por_fichero(v, todos_ellos).items()
    ]


def _listada(
    v: Ventanilla, fichero: str, suyos: Sequence[Emisor], duenos: Duenos, abierta: bool
) -> PlantillaListada:
    from expediente.documentos.titulo import titulo_de  # Word pesa: sólo lo carga quien lo usa

    ruta = ruta_de_plantilla(v, fichero)
    fallos = tuple(_revisar_una(v, suyos, duenos))
    return PlantillaListada(
        fichero,
        titulo_de(ruta) if ruta.is_file() else "",
        tuple(e for e in suyos if e.clase != DE_NADIE),
        fallos,
        ruta.is_file(),
        abierta,
        ruta.stem in (x.stem for x in plantillas_en_otro_formato(v)),
    )


def _por_fichero(v: Ventanilla, todos_ellos: Sequence[Emisor]) -> dict[str, list[Emisor]]:
    hallados: dict[str, list[Emisor]] = {x.name: [] for x in ficheros_de_plantillas(v)}
    hallados |= {f"{x.stem}.docx": [] for x in plantillas_en_otro_formato(v)}
    for emisor in todos_ellos:
        hallados.setdefault(emisor.plantilla, []).append(emisor)
    return {
        fichero: suyos or elegidos(v, todos_ellos, fichero)
        for fichero, suyos in sorted(hallados.items())
    }


def revisar_plantillas(v: Ventanilla, escrito: str | None = None) -> list[Revisada]:
    """Todo lo que está mal en una plantilla, o en todas, contra cada quien que la llena.

    De la que está bien, lo que convendría: son `aviso`. Lanza NoExiste si no hay tal
    plantilla ni documento.
    """
    todos_ellos = emisores(v)
    duenos = _duenos(todos_ellos)
    if escrito is None:
        pedidas = list(_por_fichero(v, todos_ellos).values())
    else:
        suyos = elegidos(v, todos_ellos, escrito)
        ficheros = dict.fromkeys(e.plantilla for e in suyos)
        pedidas = [[e for e in suyos if e.plantilla == fichero] for fichero in ficheros]
    revisadas: list[Revisada] = []
    for suyos in pedidas:
        fallos = list(_revisar_una(v, suyos, duenos))
        revisadas += fallos or _avisos_de_una(v, suyos)
    return revisadas


def _avisos_de_una(v: Ventanilla, suyos: Sequence[Emisor]) -> Iterator[Revisada]:
    cartas = [e for e in suyos if e.documento and e.sano]
    return _juntos([(e.procedimiento, avisos_de(v, e)) for e in cartas], aviso=True)


def _duenos(todos_ellos: Sequence[Emisor]) -> Duenos:
    duenos: Duenos = {}
    for emisor in todos_ellos:
        for dato in emisor.datos:
            if dato.grupo == DEL_CASO:
                duenos.setdefault(dato.raiz, emisor.procedimiento)
    return duenos


def _revisar_una(v: Ventanilla, suyos: Sequence[Emisor], duenos: Duenos) -> Iterator[Revisada]:
    hallados = [(e.procedimiento, fallos_de(v, e, duenos)) for e in suyos]
    return _juntos(hallados, aviso=False)


def _juntos(hallados: Sequence[tuple[str, Sequence[Fallo]]], aviso: bool) -> Iterator[Revisada]:
    """Cada fallo una sola vez, con los procedimientos en que se da si no es en todos."""
    con: dict[Fallo, list[str]] = {}
    for procedimiento, fallos in hallados:
        for fallo in fallos:
            con.setdefault(fallo, []).append(procedimiento)
    for fallo, procedimientos in con.items():
        en_todos = len(procedimientos) == len(hallados)
        yield Revisada(fallo, () if en_todos else tuple(dict.fromkeys(procedimientos)), aviso)
