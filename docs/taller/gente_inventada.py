"""Personas inventadas con una CURP que cumple las reglas del RENAPO.

Su diferenciador casi nunca se asigna, así que es difícil que la clave toque a alguien de
verdad. Aquí no hay trámites: nadie pide nada todavía.
"""

import random
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta


def lista(texto: str) -> list[str]:
    """Lo que va entre barras: así una lista de nombres ocupa unos pocos renglones."""
    return texto.split("|")


MUJERES = lista(
    "María|Guadalupe|María Guadalupe|Juana|María del Carmen|Margarita|Verónica|Leticia|Rosa|"
    "Ma. Teresa|Alejandra|Patricia|Elizabeth|Yolanda|María de los Ángeles|Silvia|Araceli|"
    "Blanca Estela|Norma Angélica|Irma|Dulce María|Ximena|Renata|Zoé|Itzel|Begoña|Socorro|"
    "Ma. de Jesús|Inés|Perla Marisol|Brenda|Yesenia|Teresita del Niño Jesús|Noemí|Consuelo|"
    "Ana Sofía|Camila|Martha Elena|Rocío|Graciela|Esperanza|Lucía|Valentina|Fátima|Ofelia"
)
HOMBRES = lista(
    "José|Juan|José Luis|Francisco|Jesús|Antonio|José Guadalupe|Manuel|Miguel Ángel|Pedro|"
    "J. Jesús|Alejandro|Raúl|Óscar|Luis Enrique|Ramón|Héctor|José Ángel|Iván|Nicolás|Íñigo|"
    "Santiago|Emiliano|Mateo|Juan de Dios|Roberto Carlos|Víctor Manuel|Arturo|Ulises|Noé|"
    "José de Jesús|Gerardo|Efraín|Martín|Joaquín|Sebastián|Leonardo|Ubaldo|Tomás|Ángel Gabriel|"
    "Reynaldo|Cruz|Ezequiel|Isaías|Gilberto"
)
APELLIDOS = lista(
    "Hernández|García|Martínez|López|González|Rodríguez|Pérez|Sánchez|Ramírez|Flores|Cruz|Gómez|"
    "Morales|Vázquez|Reyes|Jiménez|Torres|Díaz|Gutiérrez|Ruiz|Mendoza|Aguilar|Ortiz|Castillo|"
    "Moreno|Romero|Álvarez|Méndez|Chávez|Rivera|Juárez|Ramos|Domínguez|Herrera|Medina|Castro|"
    "Vargas|Guzmán|Velázquez|Muñoz|Rojas|Contreras|Salazar|Luna|Ortega|Zúñiga|Guerrero|Estrada|"
    "Bautista|Cortés|Soto|Alvarado|Espinoza|Lara|Ávila|Ríos|Cervantes|Silva|Delgado|Vega|Núñez|"
    "Márquez|Sandoval|Carrillo|León|Acosta|Ibarra|Campos|Santos|Camacho|Peña|Robles|Fuentes|"
    "Valdez|Treviño|Cázares|Ontiveros|Favela|Esparza|Carreón|Quiñones|Rentería|Barraza|Nájera|"
    "Agüero|Argüelles|Güereca|Ordóñez|Saucedo|Ibáñez|Yáñez|Urbina|Macías|Escobedo|Galindo"
)
# Los nombres que rompen programas. El primero es el único sin segundo apellido.
DIFICILES = (
    ("M", "Eulalia", "Ontiveros", ""),
    ("M", "Alicia", "Ramírez", "Torres"),
    ("H", "Paolo", "D'Angelo", "Núñez"),
    ("M", "María del Rosario", "de la Cruz", "Ñáñez"),
    ("H", "Kevin Alexis", "O'Farrill", "Güereca"),
    ("H", "Aurelio", "Del Ángel", "Peña"),
    ("M", "Ana Lucía Inés", "Sáenz de Miera", "Cázares"),
    ("H", "Refugio", "Montes de Oca", "y Agüero"),
    ("M", "Luz María Fernanda", "Ponce de León", "de los Santos"),
    ("H", "José", "Ich", "Tun"),
    ("H", "Luis Ángel de Jesús", "Santibáñez", "de la O"),
    ("M", "Silvia", "Méndez", "Armendáriz"),
    ("M", "Íngrid", "Pérez-Gasga", "Argüello"),
    ("H", "J. Concepción", "Ñuño", "Ibargüengoitia"),
    ("M", "Ma. Guadalupe del Socorro", "de la Torre y Rojas", "Cigarroa"),
)
ENTIDADES = (*("DG",) * 8, *("CL",) * 3, "ZS", "CH", "NL", "DF", "SL", "JC", "NE")
PARTICULAS = frozenset(lista("DA|DAS|DE|DEL|DER|DI|DIE|DD|EL|LA|LAS|LE|LES|LOS|MAC|MC|VAN|VON|Y"))
NOMBRES_OMITIDOS = frozenset(("JOSE", "MARIA", "MA", "MA.", "J", "J."))
ALTISONANTES = frozenset(
    lista(
        "BACA|BAKA|BUEI|BUEY|CACA|CACO|CAGA|CAGO|CAKA|CAKO|COGE|COGI|COJA|COJE|COJI|COJO|COLA|CULO|"
        "FALO|FETO|GETA|GUEI|GUEY|JETA|JOTO|KACA|KACO|KAGA|KAGO|KAKA|KAKO|KOGE|KOGI|KOJA|KOJE|KOJI|"
        "KOJO|KOLA|KULO|LILO|LOCA|LOCO|LOKA|LOKO|MAMA|MAME|MAMO|MEAR|MEAS|MEON|MIAR|MION|MOCO|MOKO|"
        "MULA|MULO|NACA|NACO|PEDA|PEDO|PENE|PIPI|PITO|POPO|PUTA|PUTO|QULO|RATA|ROBA|ROBE|ROBO|RUIN|"
        "SENO|TETA|VACA|VAGA|VAGO|VAKA|VUEI|VUEY|WUEI|WUEY"
    )
)


@dataclass(frozen=True)
class Persona:
    """Alguien que pide un viaje; `segundo` vacío es que no tiene segundo apellido."""

    sexo: str
    nombres: str
    primer: str
    segundo: str
    nacimiento: date
    entidad: str
    diferenciador: int

    @property
    def es_menor(self) -> bool:
        """Si aún no cumple 18 años al empezar la semana de los ejemplos."""
        return self.nacimiento > date(2008, 11, 17)


def en_letras_de_curp(texto: str) -> str:
    """El texto en mayúsculas sin acentos ni diéresis, con X por Ñ y / por guion o apóstrofo."""
    limpio = texto.upper().replace("Ñ", "X").replace("'", "/").replace("-", "/")
    descompuesto = unicodedata.normalize("NFD", limpio)
    return "".join(letra for letra in descompuesto if not unicodedata.combining(letra))


def palabra_que_cuenta(texto: str, omitidas: frozenset[str] = frozenset()) -> str:
    """La primera palabra sin contar partículas ni, si hay otra después, las `omitidas`."""
    palabras = [p for p in en_letras_de_curp(texto).split() if p not in PARTICULAS]
    if len(palabras) > 1 and palabras[0] in omitidas:
        palabras = palabras[1:]
    return palabras[0] if palabras else "X"


def interna(palabra: str, buscadas: str) -> str:
    """La primera de `buscadas` después de la inicial; X si no hay o si es un signo."""
    return next((letra for letra in palabra[1:] if letra in buscadas), "X").replace("/", "X")


def curp_de(persona: Persona) -> str:
    """La CURP entera, con su dígito verificador."""
    primer, segundo = palabra_que_cuenta(persona.primer), palabra_que_cuenta(persona.segundo)
    nombre = palabra_que_cuenta(persona.nombres, NOMBRES_OMITIDOS)
    inicio = primer[0] + interna(primer, "AEIOU/") + segundo[0] + nombre[0]
    if inicio in ALTISONANTES:
        inicio = inicio[0] + "X" + inicio[2:]
    consonantes = "".join(interna(p, "BCDFGHJKLMNPQRSTVWXYZ") for p in (primer, segundo, nombre))
    homonimia = ("789" if persona.nacimiento.year < 2000 else "XYZ")[persona.diferenciador]
    clave = f"{inicio}{persona.nacimiento:%y%m%d}{persona.sexo}{persona.entidad}"
    return con_digito(clave + consonantes + homonimia)


def con_digito(clave: str) -> str:
    """Las 17 primeras posiciones con la decimoctava: módulo 10 con pesos de 18 a 2."""
    alfabeto = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
    suma = sum(alfabeto.index(letra) * (18 - lugar) for lugar, letra in enumerate(clave))
    return clave + str(-suma % 10)


def persona_al_azar(azar: random.Random, fija: tuple[str, str, str, str] | None = None) -> Persona:
    """Una persona nueva; `fija` impone sexo, nombre y apellidos."""
    sexo = azar.choice("HMM")
    nombres = azar.choice(HOMBRES if sexo == "H" else MUJERES)
    sorteada = (sexo, nombres, azar.choice(APELLIDOS), azar.choice(APELLIDOS))
    dias_de_edad = azar.randint(200, 6500) if azar.random() < 0.12 else azar.randint(6600, 31500)
    nacimiento = date(2026, 11, 1) - timedelta(days=dias_de_edad)
    return Persona(*(fija or sorteada), nacimiento, azar.choice(ENTIDADES), azar.randrange(3))
