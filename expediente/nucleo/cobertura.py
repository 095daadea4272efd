"""Qué paso o informe cumple cada actividad numerada de un manual.

La tabla del manual está transcrita aparte de los procedimientos: por eso puede decir que
a uno le falta una actividad, o que cita una que el manual no tiene. Aquí no se lee nada.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from expediente.nucleo.campo import plano
from expediente.nucleo.forma import Forma, FormaInvalida, Llave, Ruta, entero, lista, tabla, texto
from expediente.nucleo.informe import Informe
from expediente.nucleo.procedimiento import Manual, Paso, Procedimiento
from expediente.nucleo.revision import Problema


@dataclass(frozen=True)
class Actividad:
    """Un renglón de la tabla del manual."""

    numero: int
    responsable: str
    actividad: str


@dataclass(frozen=True)
class Funcion:
    """Una función del manual, con su propia numeración."""

    clave: str
    nombre: str
    actividades: tuple[Actividad, ...]


@dataclass(frozen=True)
class ManualTranscrito:
    """La tabla de un manual.

    `responsables` son los nombres que el manual da a cada rol de los procedimientos:
    {rol: (nombre, …)}; el rol que se llama como el manual no hace falta que esté.
    """

    clave: str
    nombre: str
    funciones: tuple[Funcion, ...]
    responsables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Cita:
    """Quién dice cumplir unas actividades: un paso de un procedimiento, o un informe.

    `paso` es None si es un informe; entonces `de` es la clave del informe.
    """

    de: str
    paso: str | None = None

    def __str__(self) -> str:
        return f"{self.de}/{self.paso}" if self.paso else f"informe {self.de}"


@dataclass(frozen=True)
class Cubierta:
    """Una actividad y las citas que la cumplen; sin ninguna, falta."""

    funcion: Funcion
    actividad: Actividad
    citas: tuple[Cita, ...]


@dataclass(frozen=True)
class Cobertura:
    """Lo que los procedimientos e informes cumplen de un manual, y lo que citan mal."""

    manual: ManualTranscrito
    actividades: tuple[Cubierta, ...]
    problemas: tuple[Problema, ...]

    @property
    def faltan(self) -> tuple[Cubierta, ...]:
        """Las actividades que nadie cumple."""
        return tuple(una for una in self.actividades if not una.citas)


def _hacer_funcion(**llaves: object) -> Funcion:
    funcion = Funcion(**llaves)  # type: ignore[arg-type]  # tipado por la Forma
    numeros = [a.numero for a in funcion.actividades]
    if len(set(numeros)) != len(numeros):
        raise FormaInvalida((), f"la función «{funcion.clave}» repite un número de actividad.")
    return funcion


_CLAVE = Llave(texto, "cómo se le nombra", obligatoria=True)
_NOMBRE = Llave(texto, "cómo se lee", obligatoria=True)

ACTIVIDAD = Forma(
    Actividad,
    {
        "numero": Llave(entero, "su número en la función", obligatoria=True),
        "responsable": Llave(texto, "quién la hace, como lo llama el manual", obligatoria=True),
        "actividad": Llave(texto, "qué se hace", obligatoria=True),
    },
)

FUNCION = Forma(
    _hacer_funcion,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "actividades": Llave(lista(ACTIVIDAD), "los renglones de su tabla", obligatoria=True),
    },
)

MANUAL_TRANSCRITO = Forma(
    ManualTranscrito,
    {
        "clave": _CLAVE,
        "nombre": _NOMBRE,
        "responsables": Llave(tabla(lista(texto)), "cómo llama el manual a cada rol", omision={}),
        "funciones": Llave(lista(FUNCION), "las funciones", obligatoria=True),
    },
)


def leer_manual_transcrito(mapa: Mapping[str, object], ruta: Ruta = ()) -> ManualTranscrito:
    """La tabla que dice un diccionario de textos. Lanza FormaInvalida con la llave."""
    return MANUAL_TRANSCRITO(mapa, ruta)


def cobertura_de(
    manual: ManualTranscrito, procedimientos: Sequence[Procedimiento], informes: Sequence[Informe]
) -> Cobertura:
    """Quién cumple cada actividad del manual, y qué citas no se sostienen."""
    citas: dict[tuple[str, int], list[Cita]] = {}
    problemas: list[Problema] = []
    for p in procedimientos:
        if p.manual.clave == manual.clave:
            for paso in p.pasos:
                cita = Cita(p.clave, paso.clave)
                _citar(manual, p.manual, cita, paso.manual, citas, problemas)
                problemas += _problemas_del_paso(manual, p, paso)
    for informe in informes:
        if informe.manual and informe.manual.clave == manual.clave:
            cita = Cita(informe.clave)
            _citar(manual, informe.manual, cita, informe.actividades, citas, problemas)
    actividades = tuple(
        Cubierta(funcion, actividad, tuple(citas.get((funcion.clave, actividad.numero), ())))
        for funcion in manual.funciones
        for actividad in funcion.actividades
    )
    return Cobertura(manual, actividades, tuple(problemas))


def _citar(
    manual: ManualTranscrito,
    citado: Manual,
    cita: Cita,
    numeros: Sequence[int],
    citas: dict[tuple[str, int], list[Cita]],
    problemas: list[Problema],
) -> None:
    """Apunta la cita en cada actividad que nombra; la que el manual no tiene es problema."""
    if not numeros:
        return
    funcion = _funcion_citada(manual, citado)
    if funcion is None:
        dicho = f"la función «{citado.funcion}»" if citado.funcion else "función alguna"
        problemas.append(Problema(str(cita), f"no cita {dicho} que {manual.clave} tenga."))
        return
    conocidos = {a.numero for a in funcion.actividades}
    for numero in numeros:
        if numero in conocidos:
            citas.setdefault((funcion.clave, numero), []).append(cita)
        else:
            mensaje = f"cita la actividad {numero}, que «{funcion.nombre}» no tiene."
            problemas.append(Problema(str(cita), mensaje))


def _funcion_citada(manual: ManualTranscrito, citado: Manual) -> Funcion | None:
    """La función que se cita por su clave o su nombre; sin decirla, la única que haya."""
    if citado.funcion is None:
        return manual.funciones[0] if len(manual.funciones) == 1 else None
    buscada = plano(citado.funcion)
    iguales = (f for f in manual.funciones if buscada in (plano(f.clave), plano(f.nombre)))
    return next(iguales, None)


def _problemas_del_paso(
    manual: ManualTranscrito, p: Procedimiento, paso: Paso
) -> Iterator[Problema]:
    """Un paso cubre números seguidos, de un mismo responsable, que es el suyo."""
    donde = str(Cita(p.clave, paso.clave))
    if any(b - a != 1 for a, b in pairwise(paso.manual)):
        yield Problema(donde, "junta actividades que en el manual no van seguidas.")
    funcion = _funcion_citada(manual, p.manual)
    if funcion is None:
        return
    citadas = [a for a in funcion.actividades if a.numero in paso.manual]
    if len({plano(a.responsable) for a in citadas}) > 1:
        yield Problema(donde, "junta actividades que en el manual hacen personas distintas.")
    rol = p.rol[paso.responsable]
    llamado = {plano(n) for n in (rol.nombre, *manual.responsables.get(rol.clave, ()))}
    for actividad in citadas:
        if plano(actividad.responsable) not in llamado:
            yield Problema(
                donde,
                f"la actividad {actividad.numero} la hace «{actividad.responsable}» y el paso, "
                f"«{rol.nombre}»; si son quien mismo, dígalo en `responsables` de la tabla.",
            )
